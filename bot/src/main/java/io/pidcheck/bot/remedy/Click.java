package io.pidcheck.bot.remedy;

/**
 * Somebody presses a button of ours.
 *
 * @param value what the button carries; to be read as if anybody could have written it
 * @param user who pressed it, as Slack says: nothing else tells who acts
 * @param ts of the message with the button
 * @param thread timestamp of the first message of the thread it is in, else its own
 * @param responseUrl to tell this person alone
 */
public record Click(
    String action,
    String value,
    String user,
    String channel,
    String ts,
    String thread,
    String responseUrl) {}
