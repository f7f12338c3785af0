/**
 * What the bucket tells of nights, kept where it is found fast: a cache that may be
 * deleted at any time.
 * <p>
 * spring-jdbc and spring-tx, because the same SQL runs on H2 and PostgreSQL, and a
 * document's rows are replaced together or not at all.
 */
@NullMarked
package dev.longhaul.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
