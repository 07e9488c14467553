# The bot alone, without the sandbox and the tests. Settings come from the environment; the database is in /data.
FROM python:3.13-slim AS build
COPY requirements.txt ./
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data bot && install -d -o bot -g bot -m 0700 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY video video
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATABASE_PATH=/data/bot.db
USER bot
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
