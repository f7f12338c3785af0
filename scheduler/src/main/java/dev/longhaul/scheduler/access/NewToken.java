package dev.longhaul.scheduler.access;

/**
 * A token that was made just now: the only moment at which its secret is known.
 */
public record NewToken(Token token, TokenSecret secret) {

}
