"""The network: one encoder, one mix of its layers a group of heads, and the heads.

``Network.words`` gives word vectors, each ``*_loss`` is one task's; ``training.export`` makes of it what runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

from onrecord.encoding import FEATURES

SPAN_ROLES = ("source", "cue", "content")
ENTITY_LABELS = ("Person", "Location", "Organization", "NORP", "Date", "Facility", "Money", "Product", "Misc")
EVENT_TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
    "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip

LABEL = 128
"""Width of either side of an arc's label."""

LINK = 128
"""Width of either side of a link."""


@dataclass(frozen=True)
class Sizes:
    """What the heads have to tell apart: the vocabularies that the training corpora fix."""

    upos: int
    xpos: int
    lemma: int
    deprel: int


def bio(labels: tuple[str, ...]) -> list[str]:
    """O, then B- and I- of each label."""
    return ["O", *(f"{mark}-{label}" for label in labels for mark in "BI")]


class Mix(nn.Module):
    """A learned weighting of the encoder's layers (Peters et al. 2018), for one group of heads."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))
        self.weights.data[-1] = 1.0

    def forward(self, layers: Tensor) -> Tensor:
        return torch.einsum("l,lbwd->bwd", torch.softmax(self.weights, 0), layers)


class Crf(nn.Module):
    """A linear chain over BIO tags: ``I-x`` follows only ``B-x`` or ``I-x``."""

    def __init__(self, tags: list[str]) -> None:
        super().__init__()
        n = len(tags)
        forbidden = torch.zeros(n, n)
        for a, before in enumerate(tags):
            for b, after in enumerate(tags):
                if after[0] == "I" and before[1:] != after[1:]:
                    forbidden[a, b] = -1e4
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("first", torch.tensor([-1e4 if tag[0] == "I" else 0.0 for tag in tags]))
        self.transitions = nn.Parameter(torch.zeros(n, n))

    @property
    def scores(self) -> Tensor:
        return self.transitions + self.forbidden

    def loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood a word. ``mask`` is true for words; words are at the left."""
        emissions = emissions.float()
        scores = self.scores
        alpha = emissions[:, 0] + self.first
        gold = alpha.gather(1, tags[:, :1]).squeeze(1)
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha.unsqueeze(2) + scores, 1) + emissions[:, t]
            alpha = torch.where(mask[:, t : t + 1], step, alpha)
        picked = emissions.gather(2, tags.unsqueeze(2)).squeeze(2)[:, 1:] + scores[tags[:, :-1], tags[:, 1:]]
        gold = gold + (picked * mask[:, 1:]).sum(1)
        return (torch.logsumexp(alpha, 1) - gold).sum() / mask.sum()


class Tagger(nn.Module):
    """Tag scores from a word and its two neighbours: a span's border is a matter of both its sides."""

    def __init__(self, width: int, tags: int, hidden: int = 256) -> None:
        super().__init__()
        self.near = nn.Conv1d(width, hidden, 3, padding=1)
        self.out = nn.Linear(hidden, tags)
        self.drop = nn.Dropout(0.2)

    def forward(self, vectors: Tensor) -> Tensor:
        # The convolution as one matrix product over shifted neighbours: products are what int8 makes fast.
        none = torch.zeros_like(vectors[:, :1])
        before, after = torch.cat([none, vectors[:, :-1]], 1), torch.cat([vectors[:, 1:], none], 1)
        weight = self.near.weight.permute(2, 1, 0).flatten(0, 1)
        near = torch.cat([before, vectors, after], 2) @ weight + self.near.bias
        return self.out(self.drop(F.gelu(near)))


class Network(nn.Module):
    """The encoder and all the heads."""

    def __init__(self, encoder: str, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder, attn_implementation="sdpa", attention_probs_dropout_prob=0.0, add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        layers = self.encoder.config.num_hidden_layers + 1
        self.feature = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.feature.weight)
        self.drop = nn.Dropout(0.2)
        self.mix_syntax, self.mix_entity, self.mix_speech, self.mix_pair = (Mix(layers) for _ in range(4))

        self.upos = nn.Linear(width, sizes.upos)
        self.xpos = nn.Linear(width, sizes.xpos)
        self.lemma = nn.Linear(width, sizes.lemma)
        self.opens = nn.Linear(width, 1)
        self.arc_dependent, self.arc_head = nn.Linear(width, 256), nn.Linear(width, 256)
        self.arc_bias = nn.Linear(256, 1)
        self.arc_root = nn.Linear(256, 1)
        self.label_dependent, self.label_head = nn.Linear(width, LABEL), nn.Linear(width, LABEL)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label_of_dependent, self.label_of_head = nn.Linear(LABEL, sizes.deprel), nn.Linear(LABEL, sizes.deprel)
        self.label_of_both = nn.Linear(LABEL, sizes.deprel, bias=False)

        self.entity, self.entity_chain = Tagger(width, 19), Crf(bio(ENTITY_LABELS))
        self.speech, self.speech_chain = Tagger(width, 7), Crf(bio(SPAN_ROLES))
        self.link_cue = nn.Linear(width, 2 * LINK)  # one half seeks sources, the other is sought by contents
        self.link_source, self.link_content = nn.Linear(width, LINK), nn.Linear(width, LINK)
        self.link_none = nn.Linear(width, 2)

        self.pair_actor, self.pair_recipient, self.pair_all = (nn.Linear(width, 192) for _ in range(3))
        self.pair_out = nn.Linear(192, len(EVENT_TYPES))

    @property
    def mixes(self) -> tuple[Mix, Mix, Mix, Mix]:
        """The mixes of layers: syntax, entities, speech, pairs."""
        return self.mix_syntax, self.mix_entity, self.mix_speech, self.mix_pair

    def words(self, ids: Tensor, features: Tensor, heads: Tensor, mask: Tensor | None) -> Tensor:
        """[layers, batch, words, width]: every layer at each word's first piece."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.feature(features)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True).hidden_states
        at = heads.unsqueeze(-1).expand(-1, -1, states[0].shape[-1])
        return torch.stack([state.gather(1, at) for state in states])

    # -- syntax

    def arcs(self, vectors: Tensor) -> Tensor:
        """[batch, words, 1 + words]: the score of each head for each word; column 0 is the root."""
        return self.arcs_of(F.gelu(self.arc_dependent(vectors)), F.gelu(self.arc_head(vectors)))

    def arcs_of(self, dependent: Tensor, head: Tensor) -> Tensor:
        """``arcs``, from the two sides of each word."""
        dependent = self.drop(dependent)
        scores = dependent @ head.transpose(1, 2) / 16.0 + self.arc_bias(head).transpose(1, 2)
        return torch.cat([self.arc_root(dependent), scores], 2)

    def label_sides(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """Each word as a dependent and as a head, for the label of the arc between two.

        A label's score is linear in either side and in their elementwise product: a biaffine form of low rank, for a
        full one writes [words, labels * width] numbers that nobody reads but at one head a word.
        """
        return F.gelu(self.label_dependent(vectors)), F.gelu(self.label_head(vectors))

    def syntax_loss(self, layers: Tensor, gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        vectors = self.drop(self.mix_syntax(layers))
        loss = torch.zeros(())
        for name, weight in (("upos", 0.5), ("xpos", 0.5), ("lemma", 0.5)):
            scores = getattr(self, name)(vectors).float()
            loss = loss + weight * F.cross_entropy(scores[mask], gold[name][mask], ignore_index=-100)
        loss = loss + 0.5 * F.binary_cross_entropy_with_logits(
            self.opens(vectors).squeeze(-1).float()[mask], gold["opens"][mask].float()
        )
        arcs = self.arcs(vectors).float()
        same = gold["sentence"].unsqueeze(2) == gold["sentence"].unsqueeze(1)
        allowed = torch.cat([torch.ones_like(same[..., :1]), same], 2)
        arcs = arcs.masked_fill(~allowed, -1e4)
        loss = loss + F.cross_entropy(arcs[mask], (gold["head"] + 1)[mask])
        dependent, head = self.label_sides(vectors)
        at = gold["head"].clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1])
        chosen = torch.where((gold["head"] < 0).unsqueeze(-1), self.label_root, head.gather(1, at))[mask]
        dependent = dependent[mask]
        labels = self.label_of_dependent(dependent) + self.label_of_head(chosen)
        labels = labels + self.label_of_both(self.drop(dependent * chosen))
        return loss + F.cross_entropy(labels.float(), gold["deprel"][mask], ignore_index=-100)

    # -- spans

    def entity_loss(self, layers: Tensor, gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        return self.entity_chain.loss(self.entity(self.drop(self.mix_entity(layers))), gold["tags"], mask)

    def speech_loss(self, layers: Tensor, gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        """Spans, then links: each cue to the first word of its source, each content to the first word of its cue."""
        vectors = self.drop(self.mix_speech(layers))
        loss = self.speech_chain.loss(self.speech(vectors), gold["tags"], mask)
        seeks, sought, source, content, none = self.link_sides(vectors)
        for scores, absent, role, target in (
            (seeks @ source.transpose(1, 2), none[..., 0], gold["is_cue"], gold["is_source"]),
            (content @ sought.transpose(1, 2), none[..., 1], gold["is_content"], gold["is_cue"]),
        ):
            if not role.any():
                continue
            allowed = target.unsqueeze(1).expand_as(scores)
            scores = torch.cat([absent.unsqueeze(-1), scores.masked_fill(~allowed, -1e4)], -1).float()
            loss = loss + 0.3 * F.cross_entropy(scores[role], gold["link"][role] + 1)
        return loss

    def link_sides(self, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What a cue seeks its source by, what it is sought by, sources, contents, and the scores of having none."""
        seeks, sought = self.link_cue(vectors).chunk(2, -1)
        return (
            seeks / 11.3,
            sought / 11.3,
            self.link_source(vectors),
            self.link_content(vectors),
            self.link_none(vectors),
        )

    # -- event type of a pair

    def pair_sides(self, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Word vectors as part of an actor, of a recipient, and of the sentence around them."""
        return self.pair_actor(vectors), self.pair_recipient(vectors), self.pair_all(vectors)

    def pair_scores(self, layers: Tensor, gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        """[batch, types]: the score of each event type between the actor and the recipient that ``gold`` weighs."""
        actor, recipient, rest = self.pair_sides(self.drop(self.mix_pair(layers)))
        pooled = sum(
            torch.einsum("bw,bwd->bd", weights / weights.sum(1, keepdim=True), side.float())
            for weights, side in ((gold["actor"], actor), (gold["recipient"], recipient), (mask.float(), rest))
        )
        return self.pair_out(self.drop(F.gelu(pooled)))

    def pair_loss(self, layers: Tensor, gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        """The loss of the type of a pair."""
        scores = self.pair_scores(layers, gold, mask)
        # YIELD stands for either of two types: the loss is that of their sum.
        logs = F.log_softmax(scores.float(), -1)
        return -torch.logsumexp(logs + gold["types"], -1).mean()
