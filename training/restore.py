"""The shipped weights back to weights that can be trained on: ``python -m training.restore --work work/shipped``.

The package keeps int8 (``training.export``), and whoever trains on seldom has the floats that it was made from. Each
number comes back as near as int8 held it, half a step of its column's scale; the word pieces' table is the encoder's
own, which training leaves as it is. Leaves ``average.pt`` and ``vocabularies.json``, as ``training.train`` does.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.model import Network
from training.train import encoder_folder, sizes

LAYER = ("attention.self", "attention.output.dense", "intermediate.dense", "output.dense")
"""A layer's products in the order of the graph; the first is of queries, keys and values together."""


def constants(path: Path) -> dict[str, Tensor]:
    """The graph's constants by name; those in int8 as floats, under the name without ``_quantized``."""
    found = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in onnx.load(str(path)).graph.initializer}
    for name in [name for name in found if name.endswith("_quantized")]:
        stem = name.removesuffix("_quantized")
        zero, scale = found.pop(f"{stem}_zero_point"), found.pop(f"{stem}_scale")
        found[stem] = (found.pop(name).float() - zero.float()) * scale
    return found


def restore(network: Network, graph: dict[str, Tensor], labels: dict[str, list[list[float]]]) -> None:
    """Set a network's weights to those of a graph and its ``reader.json``. Raises where one has no place."""
    weights: dict[str, Tensor] = {}

    def split(matrix: Tensor, bias: Tensor, *names: str) -> None:
        """A product of ``export.joined`` back to its parts."""
        widths = [network.get_submodule(name).weight.shape[0] for name in names]
        for name, rows, part in zip(names, matrix.T.split(widths), bias.split(widths), strict=True):
            weights[f"{name}.weight"], weights[f"{name}.bias"] = rows, part

    products = sorted((name for name in graph if name.startswith("onnx::MatMul_")), key=lambda name: int(name[13:]))
    mixes = next(name for name in products if graph[name].shape == (4, network.mix_pair.weights.shape[0]))
    for mix, row in zip(("syntax", "entity", "speech", "pair"), graph[mixes].log(), strict=True):
        weights[f"mix_{mix}.weights"] = row
    inner = iter(products)
    for n in range(network.encoder.config.num_hidden_layers):
        layer = f"encoder.encoder.layer.{n}"
        query, *others = (f"{layer}.{name}" for name in LAYER)
        split(
            graph[next(inner)],
            graph[f"network.{query}.joined.bias"],
            *(f"{query}.{s}" for s in ("query", "key", "value")),
        )
        for name in others:
            split(graph[next(inner)], graph[f"network.{name}.bias"], name)
    by_shape: dict[tuple[int, ...], list[str]] = {}
    for name in inner:
        by_shape.setdefault(tuple(graph[name].shape), []).append(name)

    def product(*names: str) -> Tensor:
        """The graph's product of these heads' shape; of two of one shape, the first in the graph that is left."""
        width = sum(network.get_submodule(name).weight.shape[0] for name in names)
        inputs = network.get_submodule(names[0]).weight.shape[1]
        return graph[by_shape[(inputs, width)].pop(0)]

    syntax = ("arc_dependent", "arc_head", "label_dependent", "label_head", "upos", "xpos", "lemma", "opens")
    links = ("link_cue", "link_source", "link_content", "link_none")
    pairs = ("pair_actor", "pair_recipient", "pair_all")
    for bias, names in (("syntax.bias", syntax), ("links.bias", links), ("pairs.bias", pairs)):
        split(product(*names), graph[bias], *names)
    for name in ("arc_bias", "arc_root", "label_of_dependent", "label_of_head", "entity.out", "speech.out"):
        split(product(name), graph[f"network.{name}.bias"], name)
    for name in ("entity", "speech"):
        near = graph[f"/{name}/Flatten_output_0"]
        weights[f"{name}.near.weight"] = near.unflatten(0, (3, -1)).permute(2, 1, 0)
        weights[f"{name}.near.bias"] = graph[f"network.{name}.near.bias"]
        chain = getattr(network, f"{name}_chain")
        weights[f"{name}_chain.transitions"] = torch.tensor(labels[f"{name}_chain"]) - chain.forbidden
    weights["label_of_both.weight"] = torch.tensor(labels["label_of_both"])
    weights["label_root"] = torch.tensor(labels["label_root"][-network.label_root.shape[0] :])
    weights["pair_out.weight"], weights["pair_out.bias"] = (
        torch.tensor(labels[f"pair_{s}"]) for s in ("weight", "bias")
    )
    for name, value in graph.items():
        if name.startswith("network.") and (plain := name.removeprefix("network.")) in network.state_dict():
            weights.setdefault(plain, value)
    kept = {"encoder.embeddings.word_embeddings.weight"}
    kept |= {name for name, _ in network.named_buffers()}
    missing = set(network.state_dict()) - set(weights) - kept
    if missing:
        raise SystemExit(f"not in the graph: {', '.join(sorted(missing))}")
    network.load_state_dict(weights, strict=False)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("onrecord/data"), help="where reader.onnx is")
    parser.add_argument("--work", type=Path, default=Path("work/shipped"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf-8"))
    labels = json.loads((options.data / "reader.json").read_text(encoding="utf-8"))
    vocabulary = {name: labels[name] for name in ("upos", "xpos", "lemma", "tags", "deprel")}
    network = Network(encoder_folder(config["encoder"]), sizes(vocabulary))
    restore(network, constants(options.data / "reader.onnx"), labels)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.work / "average.pt")
    (options.work / "vocabularies.json").write_text(json.dumps(vocabulary, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
