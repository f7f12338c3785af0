package dev.longhaul.scheduler.page;

import java.time.Instant;

import dev.longhaul.core.verdict.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Something to know before the rest of a page is read: what came of the form that was
 * sent, or why the page is not as new as it should be.
 *
 * @param answer how good the news is
 * @param since null if it is of this moment
 * @param link to more of it; null if there is no more
 */
public record Notice(Answer answer, String words, @Nullable Instant since, @Nullable Link link) {

}
