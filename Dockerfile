# Two stages: one has node and builds the wheel, the other holds only what runs.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /opt/hoso \
 && /opt/hoso/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY domain domain
COPY application application
COPY projections projections
COPY adapters adapters
RUN /opt/build/bin/hatchling build -t wheel -d /tmp/wheel \
 && /opt/hoso/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin hoso
COPY --from=build /opt/hoso /opt/hoso
ENV PATH=/opt/hoso/bin:$PATH PYTHONUNBUFFERED=1 HOSO_DATA_DIR=/data HOSO_HOST=0.0.0.0
USER hoso
WORKDIR /data
VOLUME /data
EXPOSE 8000
CMD ["hoso", "serve"]
