"""The comparison baseline: FaceXFormer in PyTorch, exported to ONNX the plain way.

Needs torch, onnx and numpy; used by bench/full-model only, never by the product.
usage: plain_export.py weights.safetensors plain.onnx
       weights.safetensors holds the full model under its official tensor names.
"""

import json
import math
import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

DIM, HEADS = 256, 8


def read_safetensors(path):
    raw = open(path, "rb").read()
    size = struct.unpack("<Q", raw[:8])[0]
    kinds = {"F32": np.float32, "I64": np.int64}
    tensors = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(raw[8 + size + start : 8 + size + end], kinds[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors


class WindowAttention(nn.Module):
    def __init__(self, dim, heads, shift):
        super().__init__()
        self.heads, self.shift = heads, shift
        self.qkv, self.proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.relative_position_bias_table = nn.Parameter(torch.zeros(169, heads))
        self.register_buffer("relative_position_index", torch.zeros(2401, dtype=torch.int64))

    def forward(self, x):
        b, h, w, c = x.shape
        shift = self.shift if h > 7 else 0
        x = torch.roll(x, (-shift, -shift), (1, 2))
        x = x.reshape(b, h // 7, 7, w // 7, 7, c).permute(0, 1, 3, 2, 4, 5).reshape(-1, 49, c)
        q, k, v = self.qkv(x).reshape(-1, 49, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        bias = self.relative_position_bias_table[self.relative_position_index].view(49, 49, -1)
        logits = (q * (c // self.heads) ** -0.5) @ k.transpose(-2, -1) + bias.permute(2, 0, 1)[None]
        if shift:
            band = torch.zeros(h, dtype=torch.int64)
            band[h - 7 : h - shift], band[h - shift :] = 1, 2
            region = (3 * band[:, None] + band[None]).reshape(h // 7, 7, w // 7, 7).transpose(1, 2).reshape(-1, 49)
            mask = (region[:, None] != region[:, :, None]).to(x.dtype) * -100.0
            logits = logits.view(-1, mask.shape[0], self.heads, 49, 49) + mask[None, :, None]
            logits = logits.view(-1, self.heads, 49, 49)
        x = (torch.softmax(logits, -1) @ v).transpose(1, 2).reshape(-1, 49, c)
        x = self.proj(x).reshape(b, h // 7, w // 7, 7, 7, c).permute(0, 1, 3, 2, 4, 5).reshape(b, h, w, c)
        return torch.roll(x, (shift, shift), (1, 2))


class Block(nn.Module):
    def __init__(self, dim, heads, shift):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = WindowAttention(dim, heads, shift)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Identity(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Merging(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm, self.reduction = nn.LayerNorm(4 * dim), nn.Linear(4 * dim, 2 * dim, bias=False)

    def forward(self, x):
        quads = [x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]]
        return self.reduction(self.norm(torch.cat(quads, -1)))


class Permute(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1)


def swin_b():
    features = [nn.Sequential(nn.Conv2d(3, 128, 4, 4), Permute(), nn.LayerNorm(128))]
    for stage, (depth, heads) in enumerate(zip((2, 2, 18, 2), (4, 8, 16, 32))):
        dim = 128 << stage
        if stage:
            features.append(Merging(dim // 2))
        features.append(nn.Sequential(*(Block(dim, heads, 3 * (block % 2)) for block in range(depth))))
    return nn.Sequential(nn.Sequential(*features), nn.LayerNorm(1024))


class Attention(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(DIM, inner) for _ in range(3))
        self.out_proj = nn.Linear(inner, DIM)

    def forward(self, q, k, v):
        q, k, v = (
            layer(x).unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for layer, x in ((self.q_proj, q), (self.k_proj, k), (self.v_proj, v))
        )
        weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]), -1)
        return self.out_proj((weights @ v).transpose(1, 2).flatten(-2))


class Mlp(nn.Module):
    def __init__(self, out):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(DIM, DIM), nn.Linear(DIM, DIM), nn.Linear(DIM, out)])

    def forward(self, x):
        return self.layers[2](F.relu(self.layers[1](F.relu(self.layers[0](x)))))


class Layer(nn.Module):
    def __init__(self, first):
        super().__init__()
        self.first = first
        self.self_attn = Attention(DIM)
        self.cross_attn_token_to_image = Attention(DIM // 2)
        self.cross_attn_image_to_token = Attention(DIM // 2)
        self.mlp = nn.ModuleDict({"lin1": nn.Linear(DIM, 2048), "lin2": nn.Linear(2048, DIM)})
        self.norm1, self.norm2, self.norm3, self.norm4 = (nn.LayerNorm(DIM) for _ in range(4))

    def forward(self, q, k, tokens, pe):
        q = self.self_attn(q, q, q) if self.first else q + self.self_attn(q + tokens, q + tokens, q)
        q = self.norm1(q)
        q = self.norm2(q + self.cross_attn_token_to_image(q + tokens, k + pe, k))
        q = self.norm3(q + self.mlp["lin2"](F.relu(self.mlp["lin1"](q))))
        k = self.norm4(k + self.cross_attn_image_to_token(k + pe, q + tokens, q))
        return q, k


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([Layer(True), Layer(False)])
        self.final_attn_token_to_image = Attention(DIM // 2)
        self.norm_final_attn = nn.LayerNorm(DIM)

    def forward(self, k, pe, tokens):
        q = tokens
        for layer in self.layers:
            q, k = layer(q, k, tokens, pe)
        return self.norm_final_attn(q + self.final_attn_token_to_image(q + tokens, k + pe, k)), k


class ChannelNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(width)), nn.Parameter(torch.zeros(width))

    def forward(self, x):
        mean = x.mean(1, keepdim=True)
        variance = (x - mean).pow(2).mean(1, keepdim=True)
        x = (x - mean) / torch.sqrt(variance + 1e-6)
        return self.weight[:, None, None] * x + self.bias[:, None, None]


TOKENS = ["landmarks", "pose", "attribute", "visibility", "age", "gender", "race"]
WIDTHS = [136, 3, 40, 29, 8, 2, 5]


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.transformer = Transformer()
        for name, width in zip(TOKENS, WIDTHS):
            setattr(self, f"{name}_token", nn.Embedding(1, DIM))
            setattr(self, f"{name}_prediction_head", Mlp(width))
        self.mask_tokens = nn.Embedding(11, DIM)
        self.output_hypernetwork_mlps = Mlp(32)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(DIM, 64, 2, 2), ChannelNorm(64), nn.GELU(), nn.ConvTranspose2d(64, 32, 2, 2), nn.GELU()
        )

    def forward(self, face, pe):
        batch, _, h, w = face.shape
        tokens = torch.cat([getattr(self, f"{name}_token").weight for name in TOKENS] + [self.mask_tokens.weight])
        tokens = tokens[None].expand(batch, -1, -1)
        hs, src = self.transformer(face.flatten(2).transpose(1, 2), pe.flatten(2).transpose(1, 2), tokens)
        heads = [getattr(self, f"{name}_prediction_head")(hs[:, i]) for i, name in enumerate(TOKENS)]
        upscaled = self.output_upscaling(src.transpose(1, 2).reshape(batch, DIM, h, w))
        hyper = self.output_hypernetwork_mlps(hs[:, 7:])
        maps = (hyper @ upscaled.flatten(2)).unflatten(-1, (4 * h, 4 * w))
        return (*heads, maps)


class FaceXFormer(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = swin_b()
        self.linear_c = nn.ModuleList(
            nn.ModuleDict({"proj": nn.Linear(width, DIM)}) for width in (128, 256, 512, 1024)
        )
        self.linear_fuse = nn.Conv2d(4 * DIM, DIM, 1, bias=False)
        self.register_buffer("gaussian", torch.zeros(2, DIM // 2))
        self.face_decoder = Decoder()

    def positions(self, h, w):
        y = (torch.arange(h) + 0.5) / h * 2 - 1
        x = (torch.arange(w) + 0.5) / w * 2 - 1
        grid = torch.stack([x[None].expand(h, w), y[:, None].expand(h, w)], -1)
        angles = 2 * math.pi * (grid @ self.gaussian)
        return torch.cat([angles.sin(), angles.cos()], -1).permute(2, 0, 1)[None]

    def forward(self, image):
        x, maps = image, []
        for index, stage in enumerate(self.backbone[0]):
            x = stage(x)
            if index % 2 == 1:
                maps.append(x)
        size = maps[0].shape[1:3]
        scaled = []
        for layer, feature in zip(self.linear_c, maps):
            projected = layer["proj"](feature).permute(0, 3, 1, 2)
            scaled.append(F.interpolate(projected, size, mode="bilinear", align_corners=False))
        fused = self.linear_fuse(torch.cat(scaled[::-1], 1))
        return self.face_decoder(fused, self.positions(*fused.shape[2:]))


def position_index():
    y, x = torch.arange(49) // 7, torch.arange(49) % 7
    return ((y[:, None] - y[None] + 6) * 13 + x[:, None] - x[None] + 6).flatten()


def load(path):
    model = FaceXFormer().eval()
    state = read_safetensors(path)
    state["gaussian"] = state.pop("pe_layer.positional_encoding_gaussian_matrix")
    for name in model.state_dict():
        if name.endswith("relative_position_index"):
            state.setdefault(name, position_index())
    model.load_state_dict(state)
    return model


if __name__ == "__main__":
    weights, out = sys.argv[1:3]
    torch.onnx.export(
        load(weights),
        torch.zeros(1, 3, 224, 224),
        out,
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=["landmarks", "headPose", "attributes", "visibility", "age", "gender", "race", "parsing"],
        dynamic_axes={"image": {0: "batch"}},
    )
