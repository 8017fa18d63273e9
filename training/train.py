"""Train the reader: ``python -m training.train --corpora ../shared/corpora --work work/reader``.

One step is one batch of one task. The weights that are kept are a running average of the steps'. A checkpoint is
written every epoch and every ten minutes, and the same command goes on from it. With the same seed, machine and
library versions a run repeats itself.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import time
import tomllib
from contextlib import nullcontext
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from onrecord.encoding import load_tokenizer
from training import batches as batching
from training import corpora
from training.model import Network, Sizes
from training.rounding import round_inputs, rounded

CHECKPOINT_SECONDS = 600


def encoder_folder(name: str) -> str:
    """Where the encoder lies: inside an installed package of that name, else as transformers finds it."""
    spec = importlib.util.find_spec(name.replace("-", "_")) if name.isprintable() and "/" not in name else None
    if spec is not None and spec.origin is not None:
        return str(Path(spec.origin).parent / "model")
    return name


def load_corpora(root: Path) -> dict[str, list[corpora.Example]]:
    """The training part of every corpus, by task."""
    return {
        "attribution": corpora.attributions(root / "polnear/train.jsonl.gz"),
        "entity": corpora.entities(root / "ner/worldwide_train.conll.gz", root / "articles.jsonl.gz"),
        "syntax": [
            *corpora.treebank(root / "ud/en_ewt-ud-train.conllu.gz"),
            *corpora.treebank(root / "ud/en_gum_open-ud-train.conllu.gz"),
        ],
        "pair": corpora.pairs(root / "plover/plv_train.tsv"),
    }


def vocabularies(treebank: list[corpora.Example]) -> dict[str, list[str]]:
    """The labels of the treebanks' columns, the rarest left out."""
    rows = [row for example in treebank for row in example.labels["rows"]]
    return {
        "upos": corpora.vocabulary((row.upos for row in rows), 1),
        "xpos": corpora.vocabulary((row.xpos for row in rows), 2),
        "lemma": corpora.vocabulary((corpora.lemma_script(row.form, row.lemma) for row in rows), 3),
        "tags": corpora.vocabulary((f"{row.upos} {row.xpos}" for row in rows), 5),
        "deprel": corpora.vocabulary((row.deprel for row in rows), 3),
    }


def sizes(vocabulary: dict[str, list[str]]) -> Sizes:
    """How many labels each head tells apart."""
    return Sizes(**{field.name: len(vocabulary[field.name]) for field in fields(Sizes)})


def epoch_batches(
    examples: dict[str, list[corpora.Example]], tokenizer: Any, config: dict[str, Any], epoch: int
) -> list[list[batching.Piece]]:
    """All batches of an epoch, of all tasks, shuffled; the same for the same seed and epoch."""
    chance = random.Random(config["seed"] * 1000 + epoch)
    found = []
    for task, passes in config["passes"].items():
        pool = []
        whole, part = int(passes), passes - int(passes)
        rounds = [examples[task]] * whole + [chance.sample(examples[task], int(part * len(examples[task])))]
        for chosen in rounds:
            for example in chosen:
                pool.extend(batching.cut(tokenizer, example, chance, config["short"]))
        found.extend(batching.batches(pool, config["pieces_a_batch"], chance))
    chance.shuffle(found)
    return found


def loss_of(
    network: Network, group: list[batching.Piece], vocabulary: dict[str, list[str]], device: str, masked: float = 0.0
) -> Tensor:
    """The loss of one batch under the mixed precision of the device; the share ``masked`` of its pieces is hidden."""
    inputs, gold = batching.tensors(group, vocabulary)
    if group[0][0].task != "syntax":  # a tree's word that cannot be read has no lemma to learn
        inputs["ids"] = batching.hidden(inputs["ids"], masked)
    inputs = {name: tensor.to(device) for name, tensor in inputs.items()}
    gold = {name: tensor.to(device) for name, tensor in gold.items()}
    loss = {
        "attribution": network.speech_loss,
        "entity": network.entity_loss,
        "syntax": network.syntax_loss,
        "pair": network.pair_loss,
    }[group[0][0].task]
    with torch.autocast(device, dtype=torch.bfloat16):
        layers = network.words(inputs["ids"], inputs["features"], inputs["heads"], inputs["pieces"])
    return loss(layers.float(), gold, inputs["words"])


def optimiser(network: Network, config: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW; lower layers learn slower, heads faster."""
    depth = network.encoder.config.num_hidden_layers
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if "word_embeddings" in name and config["freeze_vocabulary"]:
            parameter.requires_grad_(False)
            continue
        if name.startswith("encoder."):
            layer = int(name.split(".layer.")[1].split(".")[0]) if ".layer." in name else -1
            rate = config["encoder_rate"] * config["layer_decay"] ** (depth - 1 - layer)
        else:
            rate = config["head_rate"]
        groups.setdefault(rate, []).append(parameter)
    return torch.optim.AdamW([{"params": p, "lr": rate} for rate, p in groups.items()], weight_decay=0.01, fused=True)


def rate_at(step: int, steps: int, config: dict[str, Any]) -> float:
    """The share of the full rate at a step: warm up, hold, fall to zero."""
    done = step / steps
    if done < config["warmup"]:
        return done / config["warmup"]
    if done < config["decay_from"]:
        return 1.0
    return max(0.0, (1.0 - done) / (1.0 - config["decay_from"]))


def train(config: dict[str, Any], root: Path, work: Path, start: Path | None) -> None:
    """Run or resume a stage, from the weights ``start`` if given; leaves ``average.pt`` and ``vocabularies.json``."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    folder = encoder_folder(config["encoder"])
    tokenizer = load_tokenizer(Path(folder) / "tokenizer.json")
    examples = load_corpora(root)
    vocabulary = vocabularies(examples["syntax"])
    (work / "vocabularies.json").write_text(json.dumps(vocabulary, indent=0), encoding="utf-8")
    network = Network(folder, sizes(vocabulary)).to(device)
    if start is not None:
        network.load_state_dict(torch.load(start, map_location=device))
    network.train()
    if config["rounded"]:
        round_inputs(network)
    optimizer = optimiser(network, config)
    full = [group["lr"] for group in optimizer.param_groups]
    live = [p for p in network.parameters() if p.requires_grad]
    average = [p.detach().clone() for p in live]
    start_epoch = start_at = step = 0
    saved = work / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, map_location=device, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average = state["average"]
        start_epoch, start_at, step = state["epoch"], state["at"], state["step"]
        print(f"resumed at epoch {start_epoch}, batch {start_at}", flush=True)

    def save(epoch: int, at: int) -> None:
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
        torch.save({**state, "epoch": epoch, "at": at, "step": step}, saved.with_suffix(".new"))
        saved.with_suffix(".new").rename(saved)
        keep = dict(network.state_dict())
        names = [name for name, p in network.named_parameters() if p.requires_grad]
        keep.update(zip(names, average, strict=True))
        torch.save(keep, work / "average.new")
        (work / "average.new").rename(work / "average.pt")

    steps = 0
    last_saved = time.monotonic()
    for epoch in range(start_epoch, config["epochs"]):
        groups = epoch_batches(examples, tokenizer, config, epoch)
        steps = len(groups) * config["epochs"]
        losses: dict[str, list[float]] = {}
        began, pieces = time.monotonic(), 0
        for at, group in enumerate(groups):
            if epoch == start_epoch and at < start_at:
                continue
            for parameters, rate in zip(optimizer.param_groups, full, strict=True):
                parameters["lr"] = rate * rate_at(step, steps, config)
            optimizer.zero_grad(set_to_none=True)
            with rounded(network) if config["rounded"] else nullcontext():
                loss = loss_of(network, group, vocabulary, device, config["masked"])
                loss.backward()
            nn.utils.clip_grad_norm_(live, 1.0)
            optimizer.step()
            step += 1
            if step % 4 == 0:
                kept = min(config["average"], 1 - 1 / (1 + step / 20)) ** 4
                torch._foreach_lerp_(average, [p.detach() for p in live], 1 - kept)
            losses.setdefault(group[0][0].task, []).append(loss.item())
            if not math.isfinite(losses[group[0][0].task][-1]):
                raise SystemExit(f"the loss is not finite at step {step} ({group[0][0].task})")
            pieces += sum(len(window.ids) for _, window in group)
            if step % 50 == 0:
                told = " ".join(f"{task} {sum(v[-40:]) / len(v[-40:]):.3f}" for task, v in sorted(losses.items()))
                print(
                    f"epoch {epoch} {at + 1}/{len(groups)} {pieces / (time.monotonic() - began):.0f} pieces/s {told}",
                    flush=True,
                )
            if time.monotonic() - last_saved > CHECKPOINT_SECONDS:
                save(epoch, at + 1)
                last_saved = time.monotonic()
        save(epoch + 1, 0)
    print(f"done after {step} steps", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--work", type=Path, default=Path("work/reader"))
    parser.add_argument("--start", type=Path, help="weights to begin from: average.pt of an earlier stage")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args()
    train(tomllib.loads(options.config.read_text(encoding="utf-8")), options.corpora, options.work, options.start)


if __name__ == "__main__":
    main()
