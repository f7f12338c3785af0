/**
 * Credentials are given, and are nowhere to be found afterwards.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.secrets_stay_secret;

import org.jspecify.annotations.NullMarked;
