"""Training under the rounding that int8 will bring, so that the weights come out where it costs little.

The export rounds each column of a product's weights to 255 steps, and ONNX Runtime rounds what goes into the product to
256 steps of a window's range. Forward and backward passes see both; the gradient passes through as if nothing had been
rounded (Bengio et al. 2013), and the step is made on the weights as they were (Courbariaux et al. 2015).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from training.model import Network, Tagger

_IN_FLOATS = ("label_of_both", "pair_out")  # the reader multiplies by these itself


def rounded_weight(weight: Tensor) -> Tensor:
    """As int8 with one scale for each output, which is the first dimension."""
    scale = weight.flatten(1).abs().amax(1).clamp(min=1e-8).view(-1, *[1] * (weight.dim() - 1)) / 127
    return torch.round(weight / scale) * scale


def rounded_input(values: Tensor) -> Tensor:
    """As eight bits without sign over each window's own range, which holds zero; the first dimension is the batch."""
    across = tuple(range(1, values.dim()))
    with torch.no_grad():
        full = values.detach().float()
        low, high = full.amin(across, keepdim=True).clamp(max=0), full.amax(across, keepdim=True).clamp(min=0)
        scale = ((high - low) / 255).clamp(min=1e-8)
        off = torch.round(full / scale).mul_(scale).sub_(full)
    return values + off.to(values.dtype)


def products(network: Network) -> list[nn.Module]:
    """What becomes a product in int8: linear layers, and the taggers' first, which are written as convolutions."""
    linear = [m for name, m in network.named_modules() if isinstance(m, nn.Linear) and name not in _IN_FLOATS]
    return [*linear, *(m.near for m in network.modules() if isinstance(m, Tagger))]


def round_inputs(network: Network) -> None:
    """From now on, what goes into each product is rounded."""
    for module in (*products(network), *(m for m in network.modules() if isinstance(m, Tagger))):
        module.register_forward_pre_hook(lambda _, values: (rounded_input(values[0]), *values[1:]))


@contextmanager
def rounded(network: Network) -> Iterator[None]:
    """Within, the products' weights are rounded; after it they are what they were, and have their gradients."""
    weights = [module.weight for module in products(network)]
    kept = [weight.detach().clone() for weight in weights]
    try:
        with torch.no_grad():
            for weight in weights:
                weight.copy_(rounded_weight(weight))
        yield
    finally:
        with torch.no_grad():
            for weight, own in zip(weights, kept, strict=True):
                weight.copy_(own)
