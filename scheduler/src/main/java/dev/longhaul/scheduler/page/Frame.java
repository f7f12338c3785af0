package dev.longhaul.scheduler.page;

import org.jspecify.annotations.Nullable;

/**
 * What is the same around every page.
 *
 * @param installation how this Longhaul is called
 * @param user who is logged in; null if nobody is
 */
public record Frame(String installation, String version, Reader reader, @Nullable String user, Csrf csrf) {

}
