-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "triedSince" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "givenUpAt" DATETIME
);

-- CreateTable
CREATE TABLE "WebhookChat" (
    "chatId" TEXT NOT NULL PRIMARY KEY,
    "lastSequence" INTEGER NOT NULL,
    "nextAttemptAt" DATETIME,
    "lease" TEXT,
    "leaseUntil" DATETIME
);

-- CreateIndex
CREATE INDEX "WebhookEvent_chatId_givenUpAt_sequence_idx" ON "WebhookEvent"("chatId", "givenUpAt", "sequence");

-- CreateIndex
CREATE INDEX "WebhookEvent_givenUpAt_idx" ON "WebhookEvent"("givenUpAt");

-- CreateIndex
CREATE INDEX "WebhookChat_nextAttemptAt_idx" ON "WebhookChat"("nextAttemptAt");
