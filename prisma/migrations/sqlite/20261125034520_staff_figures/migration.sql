-- CreateTable
CREATE TABLE "ActivityDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "countedTo" DATETIME NOT NULL,
    "messages" INTEGER NOT NULL,
    "activeChats" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,
    "waitedMs" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "RefusalDay" (
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "kind")
);

-- CreateIndex
CREATE INDEX "Message_createdAt_idx" ON "Message"("createdAt");
