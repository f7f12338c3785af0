package dev.longhaul.batch.drill;

/**
 * Is told what happens in a drill, from one thread, and waited for: it returns at once
 * and never throws.
 */
@FunctionalInterface
public interface DrillRunListener {

	void on(DrillEvent event);

}
