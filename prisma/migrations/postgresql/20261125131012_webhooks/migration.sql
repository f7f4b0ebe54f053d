-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "triedSince" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "givenUpAt" TIMESTAMP(3),

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookChat" (
    "chatId" TEXT NOT NULL,
    "lastSequence" INTEGER NOT NULL,
    "nextAttemptAt" TIMESTAMP(3),
    "lease" TEXT,
    "leaseUntil" TIMESTAMP(3),

    CONSTRAINT "WebhookChat_pkey" PRIMARY KEY ("chatId")
);

-- CreateIndex
CREATE INDEX "WebhookEvent_chatId_givenUpAt_sequence_idx" ON "WebhookEvent"("chatId", "givenUpAt", "sequence");

-- CreateIndex
CREATE INDEX "WebhookEvent_givenUpAt_idx" ON "WebhookEvent"("givenUpAt");

-- CreateIndex
CREATE INDEX "WebhookChat_nextAttemptAt_idx" ON "WebhookChat"("nextAttemptAt");
