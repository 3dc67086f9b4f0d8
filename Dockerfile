# dateline serve in a container: docker build -t dateline . && docker run -p 8321:8321 -v "$PWD:/data" dateline
# The ledger is /data/dateline.db; the token that visitors need is printed in the log. Any other command: docker run -v "$PWD:/data" dateline add archive/
# The folder that is mounted must be writable for uid 10001. Gazetteers of your own outlive the container with -e DATELINE_CACHE=/data/places

FROM node:22-slim AS page
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY docs/openapi.json ../docs/openapi.json
COPY web ./
RUN npm run --silent build

FROM python:3.12-slim AS build
WORKDIR /build
COPY pyproject.toml requirements.lock ./
COPY tools/runtime_lock.py tools/runtime_lock.py
RUN python tools/runtime_lock.py > run.lock && python tools/runtime_lock.py hatchling > tool.lock \
 && python -m venv --without-pip /opt/dateline && python -m venv /opt/tool \
 && /opt/tool/bin/pip --python /opt/dateline/bin/python install --no-cache-dir --require-hashes --no-deps -r run.lock \
 && /opt/tool/bin/pip install --no-cache-dir --require-hashes --no-deps -r tool.lock
COPY README.md LICENSE NOTICE ./
COPY src src
COPY examples examples
COPY --from=page /build/src/dateline/server/page src/dateline/server/page
RUN /opt/tool/bin/hatchling build -t wheel -d dist \
 && /opt/tool/bin/pip --python /opt/dateline/bin/python install --no-cache-dir --no-deps --no-index dist/*.whl

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data dateline && mkdir /data /opt/places && chown dateline /data /opt/places
# The code stays root's, so that what runs cannot change it.
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH DATELINE_CACHE=/opt/places PYTHONUNBUFFERED=1
USER dateline
# What the first reading makes of gazetteer and lexicons is in the image: no container has to make it again.
RUN echo "Rebels seized the town of Talma on Monday, police said." | dateline read - > /dev/null
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8321, timeout=4); c.request('GET', '/'); raise SystemExit(c.getresponse().status >= 500)"]
ENTRYPOINT ["dateline"]
CMD ["serve", "--host", "0.0.0.0", "--no-open"]
