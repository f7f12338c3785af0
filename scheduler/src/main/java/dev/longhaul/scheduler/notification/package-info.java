/**
 * Telling people, and whatever watches over them, what happened: in words, by rules, and
 * again until it has arrived or is too old to matter.
 * <p>
 * Jackson's streaming core writes what web services take. Angus Mail speaks SMTP:
 * Spring's mail sender would need it all the same, and has no way to bound a whole
 * attempt. micrometer-core, so that it can be seen how many messages were never
 * delivered.
 */
@NullMarked
package dev.longhaul.scheduler.notification;

import org.jspecify.annotations.NullMarked;
