"""What the services' sentences mean, in English and in Chinese."""

from __future__ import annotations

import json

import pytest

from video.services.failure_patterns import kind_of, photo_of
from video.services.http import Response
from video.services.protocol import FailureKind
from video.services.redact import Redactor

SENTENCES = {
    FailureKind.NO_FACE: (
        "no face",
        "Face not detected",
        "could not detect face",
        "Two people are required",
        "No person detected in the image",
        "No human found",
        "Please upload a photo with a clear person",
        "未检测到人脸",
        "图片中未识别到人脸",
        "请上传包含人脸的照片",
        "需要两个人",
        "图片中没有人",
    ),
    FailureKind.MODERATED: (
        "risk control",
        "The prompt is sensitive",
        "Your request violates our policy",
        "content policy",
        "Blocked by the safety filter",
        "The input may contain content that is not allowed",
        "风控",
        "图片包含敏感内容",
        "内容违规",
        "审核不通过",
        "触发平台策略",
        "提示词包含敏感词",
    ),
    FailureKind.PHOTO_SIZE: (
        "Image pixel is invalid",
        "resolution too low",
        "wrong aspect ratio",
        "Invalid image dimensions",
        "Image is too small",
        "Image must be at least 300x300",
        "The image size exceeds 10MB",
        "图片尺寸不符合要求",
        "分辨率过低",
        "图片比例不正确",
        "图片大小超过限制",
        "文件过大",
    ),
    FailureKind.PHOTO_UNREADABLE: (
        "File is not in a valid base64 format",
        "failed to decode image",
        "Unsupported image format",
        "the image could not be loaded",
        "The image is invalid",
        "图片格式不支持",
        "图片解码失败",
        "图片下载失败",
        "无法读取图片",
        "文件损坏",
    ),
    FailureKind.BUSY: (
        "parallel task over resource pack limit",
        "too many tasks",
        "Too Many Requests",
        "upstream load saturated",
        "quota exceeded: 60 requests per minute",
        "任务并发数超限",
        "系统繁忙，请稍后再试",
        "请求过于频繁",
        "上游负载已饱和",
    ),
    FailureKind.OUT_OF_CREDIT: (
        "insufficient balance",
        "not enough credits",
        "insufficient funds",
        "quota is not enough",
        "余额不足",
        "额度不足",
        "资源包已用完",
        "账户已欠费",
    ),
    FailureKind.ACCOUNT: (
        "Please upgrade your subscription",
        "Verify your account to continue",
        "Your account has been suspended",
        "Trigger the IP whitelisting policy",
        "账号异常",
        "请先完成实名认证",
    ),
    FailureKind.BAD_KEY: ("Invalid token", "This request requires a valid API key", "无效的令牌", "密钥错误"),
    FailureKind.MISCONFIGURED: ("No available channel for model x", "模型不存在", "无可用渠道"),
    FailureKind.TIMED_OUT: ("Task timed out", "生成超时"),
    FailureKind.DOWN: ("Server internal error", "服务器内部错误", "系统维护中", "系统异常"),
    FailureKind.NOTHING_MADE: ("No media was generated", "未生成视频"),
    FailureKind.RETIRED: ("effect_scene is invalid", "特效不存在", "该特效已下线"),
    None: ("failed", "生成失败，请重试", "It is Saturday", "The surface of the interface", "Invalid JSON format"),
}


@pytest.mark.parametrize(
    ("sentence", "kind"), [(sentence, kind) for kind, sentences in SENTENCES.items() for sentence in sentences]
)
def test_row_54_sentences_in_two_languages(sentence: str, kind: FailureKind | None) -> None:
    """A person reads why there is no video, whether the service says it in English or in Chinese."""
    assert kind_of(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "photo"), [("第一张图片没有人脸", 1), ("第2张图片过大", 2), ("图片2未检测到人脸", 2)]
)
def test_row_54_the_photo_in_chinese(sentence: str, photo: int) -> None:
    """A person is told which photo it is about in Chinese too."""
    assert photo_of(sentence) == photo


def test_row_54_no_key_in_embedded_json() -> None:
    """A key that a gateway echoes in JSON inside of JSON, with escapes, is in nothing that is read from it."""
    key = "sk-1234567890abcdef"
    escaped = "".join(f"\\u{ord(character):04x}" for character in key)
    document = {"message": json.dumps({"message": '{"message": "' + escaped + '"}'}), "code": f'x {{"a": "{escaped}"}}'}
    response = Response(400, body=json.dumps(document).encode(), redactor=Redactor((key,)))
    assert key not in str(response.document)
    assert "[key]" in str(response.document)
