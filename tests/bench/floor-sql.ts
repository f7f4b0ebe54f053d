// The hand-written statements that the product is measured against.

/** Parameters: chat, author, id of the message, text, id of the notification. One row with the message's `seq`. */
export const sendSql = `
  WITH "chat" AS (
    UPDATE "Chat" SET "lastSeq" = "lastSeq" + 1, "lastActivityAt" = now()
    WHERE "id" = $1 AND EXISTS (SELECT FROM "Participant" WHERE "chatId" = $1 AND "userId" = $2 AND "leftAt" IS NULL)
    RETURNING "lastSeq" AS "seq"
  ), "message" AS (
    INSERT INTO "Message" ("id", "chatId", "seq", "authorId", "text", "createdAt")
    SELECT $3, $1, "seq", $2, $4, now() FROM "chat"
  ), "unread" AS (
    UPDATE "ChatState" SET "unreadCount" = "unreadCount" + 1
    WHERE "chatId" = $1 AND "userId" <> $2 AND EXISTS (SELECT FROM "chat")
    RETURNING "userId"
  ), "inbox" AS (
    UPDATE "Inbox" i SET "seq" = i."seq" + 1, "unreadMessages" = "unreadMessages" + 1,
      "unreadNotifications" = "unreadNotifications" + 1
    FROM "unread" u WHERE i."userId" = u."userId" RETURNING i."userId", i."seq"
  ), "notification" AS (
    INSERT INTO "Notification" ("id", "userId", "seq", "kind", "title", "body", "chatId", "actorId", "createdAt")
    SELECT $5, "userId", "seq", 'MESSAGE', 'New message', left($4, 100), $1, $2, now() FROM "inbox"
  ) SELECT "seq" FROM "chat"`

/** Parameters: chat, viewer. The 20 latest messages, oldest first, as the dashboard wants them. */
export const messagesSql = `
  SELECT m."id", m."seq", m."text", m."createdAt", m."editedAt", m."deletedAt", m."clientMessageId",
         u."id" AS "authorId", u."name" AS "authorName"
  FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
  WHERE m."chatId" = $1 AND EXISTS (SELECT FROM "Participant" WHERE "chatId" = $1 AND "userId" = $2 AND "leftAt" IS NULL)
  ORDER BY m."seq" DESC LIMIT 20`

/** Parameter: viewer. The 20 chats with the latest activity, each with all that the dashboard's list shows. */
export const chatsSql = `
  SELECT c."id", c."externalRef", c."title", c."lastSeq", c."createdAt", c."lastActivityAt", s."unreadCount", s."muted",
    (SELECT json_agg(json_build_object('lastReadSeq', p."lastReadSeq", 'joinedAt', p."joinedAt", 'user', json_build_object(
       'id', u."id", 'externalId', u."externalId", 'name', u."name", 'role', u."role", 'avatarUrl', u."avatarUrl",
       'lastSeenAt', u."lastSeenAt")))
     FROM "Participant" p JOIN "User" u ON u."id" = p."userId"
     WHERE p."chatId" = c."id" AND p."leftAt" IS NULL) AS "participants",
    (SELECT json_build_object('id', m."id", 'seq', m."seq", 'text', m."text", 'createdAt', m."createdAt",
       'author', json_build_object('id', a."id", 'name', a."name"))
     FROM "Message" m JOIN "User" a ON a."id" = m."authorId" WHERE m."id" = c."lastMessageId") AS "lastMessage"
  FROM "Participant" mine
  JOIN "Chat" c ON c."id" = mine."chatId"
  JOIN "ChatState" s ON s."chatId" = c."id" AND s."userId" = mine."userId"
  WHERE mine."userId" = $1 AND mine."leftAt" IS NULL
  ORDER BY c."lastActivityAt" DESC, c."id" DESC LIMIT 20`
