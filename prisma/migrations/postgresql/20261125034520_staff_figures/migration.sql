-- CreateTable
CREATE TABLE "ActivityDay" (
    "day" TEXT NOT NULL,
    "countedTo" TIMESTAMP(3) NOT NULL,
    "messages" INTEGER NOT NULL,
    "activeChats" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,
    "waitedMs" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ActivityDay_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "RefusalDay" (
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RefusalDay_pkey" PRIMARY KEY ("day","kind")
);

-- CreateIndex
CREATE INDEX "Message_createdAt_idx" ON "Message"("createdAt");
