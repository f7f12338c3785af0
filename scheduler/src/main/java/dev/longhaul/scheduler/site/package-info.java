/**
 * What each address of the site answers with: pages made of what ledger, runs and
 * definitions tell.
 */
@NullMarked
package dev.longhaul.scheduler.site;

import org.jspecify.annotations.NullMarked;
