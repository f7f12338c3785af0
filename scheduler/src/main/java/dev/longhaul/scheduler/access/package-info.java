/**
 * Who may do what: tokens, what they allow, and a record of what was done with them.
 * <p>
 * Spring's JdbcClient keeps both in the server's database; Nimbus checks the signatures
 * of tokens that an OpenID provider issued.
 */
@NullMarked
package dev.longhaul.scheduler.access;

import org.jspecify.annotations.NullMarked;
