# The server and the dashboard in one image. Clients of the database and the dashboard are made when it is built, so a container
# starts at once.
FROM node:22-bookworm-slim
WORKDIR /oko
ENV NODE_ENV=production HOST=0.0.0.0
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY prisma prisma
COPY api api
COPY client client
COPY docs/errors.md docs/limits.md docs/
COPY schema.graphql tsconfig.json vite.config.ts ./
RUN npm run build && mkdir data && chown node data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:4000/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: signals reach the server itself.
CMD ["node", "--max-semi-space-size=32", "--import", "tsx", "api/main.ts"]
