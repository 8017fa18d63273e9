"""The trained network to the files that the package ships: ``python -m training.export --work work/reader``.

Three files in ``onrecord/data``: ``reader.onnx`` (int8: per-channel weights, activations quantised a window at a time),
``reader.json`` (labels, chains' transitions, small matrices' shapes) and ``tokenizer.json``. The word pieces' table is
int8 with a scale a row, which ONNX Runtime's own quantiser cannot do.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from onrecord.encoding import FEATURES
from training.model import ENTITY_LABELS, EVENT_TYPES, LINK, SPAN_ROLES, Network, bio
from training.train import encoder_folder, sizes

OUTPUTS = ("tags", "arcs", "labels", "sides", "entity", "speech", "links", "pairs")


class Attention(torch.autograd.Function):
    """Self-attention as the one operator that ONNX Runtime has for it, instead of seven that pass data on."""

    @staticmethod
    def forward(_: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Inputs and output are [batch, pieces, width]."""
        sides = (side.unflatten(2, (heads, -1)).transpose(1, 2) for side in (query, key, value))
        return nn.functional.scaled_dot_product_attention(*sides).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """The operator in the exported graph."""
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return found.setType(query.type())


def joined(*parts: nn.Linear) -> nn.Linear:
    """Products of the same vectors as one: they are quantised once, and wide products are quick."""
    own = nn.Linear(parts[0].in_features, sum(part.out_features for part in parts))
    own.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
    own.bias = nn.Parameter(torch.cat([part.bias for part in parts]))
    return own


class SelfAttention(nn.Module):
    """A layer's self-attention in two operators: queries, keys and values by one product, then ``Attention``."""

    def __init__(self, own: Any) -> None:
        super().__init__()
        self.joined = joined(own.query, own.key, own.value)
        self.heads: int = own.num_attention_heads

    def forward(self, states: Tensor, *_: object, **__: object) -> tuple[Tensor, None]:
        return Attention.apply(*self.joined(states).chunk(3, -1), self.heads), None


class Table(nn.Module):
    """An embedding kept as int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class Whole(nn.Module):
    """All that the reader needs of one window; the batch dimension is dropped."""

    def __init__(self, network: Network, table: nn.Module) -> None:
        super().__init__()
        self.network, self.table = network, table
        tags = (network.upos, network.xpos, network.lemma, network.opens)
        arcs = (network.arc_dependent, network.arc_head, network.label_dependent, network.label_head)
        self.syntax = joined(*arcs, *tags)
        self.widths = [sum(part.out_features for part in parts) for parts in (arcs, tags)]
        self.sides = [part.out_features for part in arcs]
        self.links = joined(network.link_cue, network.link_source, network.link_content, network.link_none)
        self.pairs = joined(network.pair_actor, network.pair_recipient, network.pair_all)

    def forward(self, ids: Tensor, features: Tensor, heads: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        states = net.encoder(inputs_embeds=self.table(ids) + net.feature(features), output_hidden_states=True)
        layers = torch.stack([state[0][heads[0]] for state in states.hidden_states])
        # All four mixes of the layers as one product.
        mixes = torch.stack([torch.softmax(mix.weights, 0) for mix in net.mixes])
        mixed = (mixes @ layers.flatten(1)).reshape(len(net.mixes), -1, layers.shape[-1])
        syntax, entity, speech, pair = (part.unsqueeze(0) for part in mixed.unbind(0))
        sides, tags = self.syntax(syntax).split(self.widths, -1)
        arc_dependent, arc_head, dependent, head = nn.functional.gelu(sides).split(self.sides, -1)
        cue, others = self.links(speech).split([2 * LINK, 2 * LINK + 2], -1)
        outputs = (
            tags,
            net.arcs_of(arc_dependent, arc_head),
            torch.cat([net.label_of_dependent(dependent), dependent], -1),
            torch.cat([net.label_of_head(head), head], -1),
            net.entity(entity),
            net.speech(speech),
            torch.cat([cue / 11.3, others], -1),
            self.pairs(pair),
        )
        return tuple(output[0] for output in outputs)


def load(config: dict[str, object], work: Path) -> tuple[Network, dict[str, list[str]], Path]:
    """The averaged network of a run, its vocabularies, the encoder's folder."""
    folder = Path(encoder_folder(str(config["encoder"])))
    vocabulary = json.loads((work / "vocabularies.json").read_text(encoding="utf-8"))
    network = Network(str(folder), sizes(vocabulary))
    network.load_state_dict(torch.load(work / "average.pt", map_location="cpu"))
    for layer in network.encoder.encoder.layer:
        layer.attention.self = SelfAttention(layer.attention.self)
    return network.eval(), vocabulary, folder


def to_onnx(
    module: nn.Module, inputs: dict[str, Tensor], outputs: tuple[str, ...], path: Path, *, floats: bool
) -> None:
    """Write ``module`` as ONNX with free lengths, in int8 or in ``floats``."""
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        names = {"ids": "pieces", "features": "pieces", "heads": "words"}
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(raw),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {1: names[name]} for name in inputs},
            opset_version=17,
            dynamo=False,
            autograd_inlining=False,
        )
        quant_pre_process(str(raw), str(path if floats else ready), skip_symbolic_shape=True)
        if floats:
            return
        quantize_dynamic(
            str(ready),
            str(path),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    onnx.checker.check_model(str(path))


def export(config: dict[str, object], work: Path, out: Path, *, floats: bool = False) -> None:
    """Write the package's files."""
    network, vocabulary, folder = load(config, work)
    words = network.encoder.embeddings.word_embeddings
    table = words if floats else Table(words.weight.data)
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (1, 37))
    inputs = {"ids": ids, "features": torch.randint(0, FEATURES, (1, 37)), "heads": torch.arange(0, 30).unsqueeze(0)}
    logging.getLogger().setLevel(logging.ERROR)
    with torch.no_grad():
        to_onnx(Whole(network, table), inputs, OUTPUTS, out / "reader.onnx", floats=floats)

    def chain(name: str) -> list[list[float]]:
        return [[round(x, 4) for x in row] for row in getattr(network, name).scores.tolist()]

    root = network.label_root.detach()
    labels = {
        **vocabulary,
        "entity": bio(ENTITY_LABELS),
        "speech": bio(SPAN_ROLES),
        "types": list(EVENT_TYPES),
        "entity_chain": chain("entity_chain"),
        "speech_chain": chain("speech_chain"),
        "label_root": [round(x, 5) for x in torch.cat([network.label_of_head(root), root]).tolist()],
        "label_of_both": [[round(x, 5) for x in row] for row in network.label_of_both.weight.tolist()],
        "pair_weight": [[round(x, 5) for x in row] for row in network.pair_out.weight.tolist()],
        "pair_bias": [round(x, 5) for x in network.pair_out.bias.tolist()],
    }
    (out / "reader.json").write_text(json.dumps(labels, separators=(",", ":")) + "\n", encoding="utf-8")
    (out / "tokenizer.json").write_text((folder / "tokenizer.json").read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("work/reader"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--out", type=Path, default=Path("onrecord/data"))
    parser.add_argument("--floats", action="store_true", help="no int8: to measure what it costs")
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf-8"))
    export(config, options.work, options.out, floats=options.floats)


if __name__ == "__main__":
    main()
