package dev.longhaul.batch.backup;

/**
 * Is told what happens in a night. Called from several threads at a time, and waited for:
 * it returns at once and never throws.
 */
@FunctionalInterface
public interface NightListener {

	void on(NightEvent event);

}
