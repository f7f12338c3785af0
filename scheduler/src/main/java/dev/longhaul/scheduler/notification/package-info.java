/**
 * Telling people, and whatever watches over them, what happened: in words, by rules, and
 * again until it has arrived or is too old to matter.
 * <p>
 * Jackson's streaming core writes what web services take.
 */
@NullMarked
package dev.longhaul.scheduler.notification;

import org.jspecify.annotations.NullMarked;
