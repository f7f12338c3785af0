package dev.longhaul.batch.verify;

/**
 * Is told what happens in a verification, and waited for: it returns at once and never
 * throws.
 */
@FunctionalInterface
public interface VerifyListener {

	void on(VerifyEvent event);

}
