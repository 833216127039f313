# Dateline with everything that it needs. `docker compose up` serves it with PostgreSQL behind Prefect; see compose.yaml.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/dateline && /opt/dateline/bin/pip install --no-cache-dir --no-deps -r requirements.lock
COPY flows flows
COPY transforms transforms
COPY warehouse warehouse
COPY seeds seeds
RUN /opt/dateline/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 1000 dateline && mkdir /data && chown dateline /data
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    DATELINE_WAREHOUSE=/data/warehouse \
    PYTHONUNBUFFERED=1
USER 1000
WORKDIR /data
VOLUME /data
ENTRYPOINT ["dateline"]
CMD ["--help"]
