"""Five-fold predictions of the event type of a pair: ``python -m training.folds --work work/folds``.

The shipped head learns from all rows of PLV's training part, so its figure has to come from heads that have not seen
the rows they are asked about. Each fold trains encoder and pair head anew, from the plain encoder and on nothing but
the other folds' rows; all rows of one sentence are in one fold. Leaves ``foldN.jsonl``, one row a line with its fold,
label and probabilities; ``benchmarks.pairs`` scores it. Resumable by fold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from onrecord.encoding import load_tokenizer
from training import batches as batching
from training import corpora
from training.model import EVENT_TYPES, Network, Sizes
from training.train import encoder_folder, optimiser, rate_at

FOLDS = 5
NO_SYNTAX = Sizes(1, 1, 1, 1)


def fold_of(text: str) -> int:
    """The fold of a sentence: by its digest, so that a new row moves no other."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") % FOLDS


def trained(examples: Sequence[corpora.Example], config: dict[str, Any], tokenizer: Any, seed: int) -> Network:
    """The mean of the weights over the steps of a run on ``examples``."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = Network(encoder_folder(config["encoder"]), NO_SYNTAX).train()
    optimizer = optimiser(network, config)
    full = [group["lr"] for group in optimizer.param_groups]
    live = [p for p in network.parameters() if p.requires_grad]
    average = [p.detach().clone() for p in live]
    pieces = [piece for example in examples for piece in batching.cut(tokenizer, example, chance, 0.0)]
    epochs = [batching.batches(pieces, config["pieces_a_batch"], chance) for _ in range(config["epochs"])]
    steps = sum(map(len, epochs))
    for step, group in enumerate(batch for epoch in epochs for batch in epoch):
        for parameters, rate in zip(optimizer.param_groups, full, strict=True):
            parameters["lr"] = rate * rate_at(step, steps, config)
        optimizer.zero_grad(set_to_none=True)
        inputs, gold = batching.tensors(group, {})
        with torch.autocast("cpu", dtype=torch.bfloat16):
            layers = network.words(inputs["ids"], inputs["features"], inputs["heads"], inputs["pieces"])
        network.pair_loss(layers.float(), gold, inputs["words"]).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(live, 1.0)
        optimizer.step()
        kept = min(config["average"], step / (step + 10))
        torch._foreach_lerp_(average, [p.detach() for p in live], 1 - kept)
    with torch.no_grad():
        for parameter, mean in zip(live, average, strict=True):
            parameter.copy_(mean)
    return network.eval()


@torch.no_grad()
def predicted(network: Network, examples: Sequence[corpora.Example], tokenizer: Any) -> Iterator[dict[str, float]]:
    """The probability of each type, for each example."""
    for example in examples:
        group = batching.cut(tokenizer, example, random.Random(0), 0.0)
        if not group:  # longer than a window
            yield dict.fromkeys(EVENT_TYPES, 1 / len(EVENT_TYPES))
            continue
        inputs, gold = batching.tensors(group, {})
        layers = network.words(inputs["ids"], inputs["features"], inputs["heads"], inputs["pieces"])
        scores = network.pair_scores(layers, gold, inputs["words"])
        yield dict(zip(EVENT_TYPES, torch.softmax(scores.float(), -1)[0].tolist(), strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--work", type=Path, default=Path("work/folds"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("folds.toml"))
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf-8"))
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(Path(encoder_folder(config["encoder"])) / "tokenizer.json")
    examples = corpora.pairs(options.corpora / "plover/plv_train.tsv")
    for fold in range(FOLDS):
        done = options.work / f"fold{fold}.jsonl"
        if done.exists():
            continue
        held = [(n, example) for n, example in enumerate(examples) if fold_of(example.text) == fold]
        rest = [example for example in examples if fold_of(example.text) != fold]
        network = trained(rest, config, tokenizer, config["seed"] + fold)
        with done.with_suffix(".new").open("w", encoding="utf-8") as out:
            for (n, example), types in zip(held, predicted(network, [e for _, e in held], tokenizer), strict=True):
                row = {"row": n, "fold": fold, "type": example.labels["type"], "types": types}
                print(json.dumps(row), file=out)
        done.with_suffix(".new").rename(done)
        print(f"fold {fold}: {len(held)} rows", flush=True)


if __name__ == "__main__":
    main()
