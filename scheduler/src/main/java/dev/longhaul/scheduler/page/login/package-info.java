/**
 * The way in.
 */
@NullMarked
package dev.longhaul.scheduler.page.login;

import org.jspecify.annotations.NullMarked;
