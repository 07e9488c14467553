"""What a service's sentences mean, sorted into the few kinds of failure that a person can do something about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.embedded_json import split_json
from video.services.protocol import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first pattern that fits counts. Sentences of Kling's: "Failure to pass the risk control system", "Image pixel is
# invalid", "The resolution or aspect ratio of the input image is invalid", "File is not in a valid base64 format".
# Resellers write English or Chinese.
_VERBS = "load|download|fetch|read|open|identify|pars|process|access|retriev|decod"  # what fails with a photo
_SENTENCES: tuple[tuple[FailureKind, tuple[str, ...]], ...] = (
    (
        FailureKind.RETIRED,
        (
            r"effect_scene|effect scene|invalid enum value(?!.*(kling|duration))",
            r"(特效|效果|模板).{0,20}(不存在|下线|下架|失效)|不支持(该|此|这个)?(特效|效果)(?!的)",
        ),
    ),
    (FailureKind.ACCOUNT, (r"whitelist|allow.?list|\bip address|白名单",)),
    (
        FailureKind.BUSY,
        (
            r"too many (concurrent |parallel )?(requests|tasks|jobs|generations)|rate.?limit|parallel",
            r"concurren|saturat|queue is full|overload|\bbusy\b",
            r"(limit|quota|requests).{0,40}\b(per|for the|a) (second|minute|hour)",
            r"并发|并行|限流|限速|繁忙|饱和|排队|频率|每分钟|每秒|每小时",
            r"(请求|访问|调用|操作).{0,6}(过多|太多|过快|太快|频繁|超限)",
        ),
    ),
    (
        FailureKind.MODERATED,
        (
            r"risk.?control|polic(y|ies)|(content|community) (guideline|standard|rule|filter|check|security|safety)",
            r"moderat|nsfw|flagged|sensitive|violat|prohibit|inappropriate|disallowed|unsafe|\bsafety\b|copyright",
            r"\bcontent\b.{0,30}\b(not|isn't) (be )?(allowed|permitted|appropriate)",
            r"nud(e|ity)\b|\bporn|\bsexual|\bviolen|celebrit|public figure",
            r"风控|风险控制|敏感|违反|违规|违法|违禁|平台策略|安全策略|审核|审查|内容安全|不合规",
            r"涉黄|涉政|色情|低俗|暴力|血腥|侵权|版权|肖像|明星|公众人物",
        ),
    ),
    (
        FailureKind.NO_FACE,
        (
            r"\bfac(e|es|ial)\b|\bface_|\b(two|2|one|single) (people|persons?|humans?)\b",
            r"\b(no|without|missing|detect\w*|find|found|recogni\w*) (an? |any )?(people|persons?|humans?|portrait)\b",
            r"\bclear (people|persons?|humans?|portraits?)\b|\b(people|persons?|humans?) (count|number)\b",
            r"\b(people|persons?|humans?|portraits?) (is |are |was |were |could |can )?(not|required|needed|missing)",
            r"人脸|面部|脸部|正脸|人像|人物|没有人|无人|(两|双|二|2|单)个?人|(识别|检测)(不|未)?到人",
        ),
    ),
    (
        FailureKind.PHOTO_SIZE,
        (
            r"\bpixels?\b|(payload|entity|body) (is )?too large|resolution|aspect.?ratio|dimension|\b(width|height)\b",
            r"(image|photo|picture|file)s?('s)? (file )?(size|is too (?!old|blurr)|too (?!many|old|blurr)|exceeds)",
            r"\b(image|photo|picture)\b.{0,20}\b(at least|at most|minimum|maximum|less than|more than) \d",
            r"尺寸|分辨率|比例|像素|宽高|长宽|宽度|高度",
            r"(图片|图像|照片|文件)(的)?(大小|过大|太大|过小|太小|体积|超过|超出)",
        ),
    ),
    (
        FailureKind.PHOTO_UNREADABLE,
        (
            r"base64|decod(e|ing)|corrupt|image_load_error|mime.?type",
            r"(unsupported|invalid|unknown|unrecogni[sz]ed|bad|broken) (input )?(image|photo|picture|file|media)\b",
            r"\b(image|photo|picture|file)s? (is |are )?(invalid|unsupported|not (valid|supported)|broken|damaged)\b",
            r"(?<!json )(?<!request )(?<!body )(?<!parameter )(?<!date )\bformats?\b",
            rf"(?<!up)({_VERBS})\w* (the |an? |your )?(input |source )?(image|photo|picture|file)",
            rf"(image|photo|picture|file)s? (\w+ )?(cannot|can't|can not|could not|couldn't) be ({_VERBS})",
            r"(?<!请求)(?<!参数)(?<!数据)(?<!报文)格式|解码|编码|损坏",
            r"(图片|图像|照片|文件|素材).{0,8}(读取|下载|加载|解析|识别|打开|获取|处理|无效|非法|异常)",
            r"(读取|下载|加载|解析|打开|获取|识别|无效的?|非法的?)(图片|图像|照片|文件|素材)",
        ),
    ),
    (
        FailureKind.OUT_OF_CREDIT,
        (
            r"resource pack|\bcredits?\b|\b(?<!white )balance\b|\bfunds?\b|\bquota\b|arrears|top.?up|\bpayment\b",
            r"余额|额度|欠费|充值|配额|资源包|点数不足|积分不足|账户不足",
        ),
    ),
    (
        FailureKind.ACCOUNT,
        (
            r"subscription|subscribe|verif\w+ .{0,30}\b(account|identity|phone|email|card)",
            r"\b(account|user|organi[sz]ation)\b.{0,40}(verif|suspend|disabled|deactivat|banned|blocked|not activated)",
            r"\b(account|user|organi[sz]ation)\b.{0,40}(abnormal|frozen|restrict|locked|exception)",
            r"订阅|实名|封禁|封号|冻结|(账号|账户|帐号|帐户|用户)(已?被|状态|异常|已?停用|已?禁用|未激活|未认证)",
        ),
    ),
    (
        FailureKind.BAD_KEY,
        (
            r"(invalid|incorrect|wrong|expired) (api.?key|access.?key|(access )?token|authori[sz]ation|credential)",
            r"(valid|missing) api.?key|authori[sz]ation (is |header )?(is )?(invalid|missing|empty)",
            r"令牌|密钥|鉴权|认证失败|未授权|身份验证",
        ),
    ),
    (
        FailureKind.MISCONFIGURED,
        (
            r"no (available )?channels?\b|model.{0,40}(not (found|exist|available|support)|does ?n[o']t exist)",
            r"(无|没有)可用的?(渠道|通道)|模型.{0,20}(不存在|不支持|未找到|无权)",
        ),
    ),
    (FailureKind.BUSY, (r"too many",)),
    (FailureKind.TIMED_OUT, (r"timed?[ -]?out|timeout|deadline exceeded|超时",)),
    (
        FailureKind.DOWN,
        (
            r"maintenance|unavailable|internal (server )?error|server (internal )?error|something (went )?wrong",
            r"bad gateway|out of order|upstream error|维护|故障|不可用|内部(服务器?)?(错误|异常)",
            r"(服务器?|系统|上游)(端|内部)?(错误|异常|出错|开小差)",
        ),
    ),
    (FailureKind.NOTHING_MADE, (r"\bno (media|output|video|result)s?\b|empty (result|output|video)|未生成|没有生成",)),
)
_PATTERNS = [(re.compile("|".join(patterns), re.IGNORECASE), kind) for kind, patterns in _SENTENCES]

IGNORED_KEYS = frozenset(
    {"input", "ctx", "url", "timestamp", "requestid", "request_id", "task_id", "id", "stack", "created", "created_at"}
)
"""Keys, in lower case, whose values don't tell the reason."""
_ACKNOWLEDGEMENTS = frozenset({"", "succeed", "success", "succeeded", "ok", "成功", "操作成功", "请求成功"})
_MAX_DEPTH = 8
_MAX_ITEMS = 50  # of one object or array
_MAX_SENTENCE_LENGTH = 500  # characters

_PHOTO_INDEX = re.compile(r"image_urls?[\[.](\d)\b|\b(?:image|photo|picture)s?[ _]?\[(\d)\]")
_LAST_FRAME = re.compile(r"\btail_image(_url)?\b|\b(tail|last|end) (frame|image)\b", re.IGNORECASE)
_PHOTO = "(image|photo|picture|person|face)"
_FIRST_PHOTO = re.compile(
    rf"\b(first|1st) (\w+ )?{_PHOTO}|\b{_PHOTO}[ _#]*1\b|第(一|1)(张|个|幅)|(图片|图像|照片|图)[ _#]*1(?!\d)",
    re.IGNORECASE,
)
_SECOND_PHOTO = re.compile(
    rf"\b(second|2nd) (\w+ )?{_PHOTO}|\b{_PHOTO}[ _#]*2\b|第(二|2)(张|个|幅)|(图片|图像|照片|图)[ _#]*2(?!\d)",
    re.IGNORECASE,
)


def kind_of(sentence: str) -> FailureKind | None:
    """Return the kind of failure that a sentence describes, None if it has no words that we know."""
    return next((kind for pattern, kind in _PATTERNS if pattern.search(sentence)), None)


def photo_of(sentence: str) -> int | None:
    """Return which photo a sentence is about, from 1; None if it does not say, or means both."""
    photos = {int(next(digit for digit in digits if digit)) + 1 for digits in _PHOTO_INDEX.findall(sentence)}
    patterns = ((1, _FIRST_PHOTO), (2, _SECOND_PHOTO), (2, _LAST_FRAME))
    return single_photo(photos | {photo for photo, pattern in patterns if pattern.search(sentence)})


def single_photo(photos: set[int]) -> int | None:
    """Return the photo if exactly one was named, and it is 1 or 2. Else None."""
    return next(iter(photos)) if len(photos) == 1 and photos <= {1, 2} else None


def iter_sentences(value: object, depth: int = 0) -> Iterator[str]:
    """Yield every string in parsed JSON, and in JSON inside of its strings, but not those that echo what was sent."""
    if depth >= _MAX_DEPTH:
        return
    if isinstance(value, str):
        if parts := split_json(value):
            yield from iter_sentences(parts[1], depth + 1)
        elif value.strip().lower() not in _ACKNOWLEDGEMENTS:
            yield value[:_MAX_SENTENCE_LENGTH]
    elif isinstance(value, dict):
        for key, item in list(value.items())[:_MAX_ITEMS]:
            if key.lower() not in IGNORED_KEYS and not (key == "path" and isinstance(item, str)):
                yield from iter_sentences(item, depth + 1)
    elif isinstance(value, list):
        for item in value[:_MAX_ITEMS]:
            yield from iter_sentences(item, depth + 1)
