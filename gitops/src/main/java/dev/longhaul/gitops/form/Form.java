package dev.longhaul.gitops.form;

import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The form a value has to have.
 *
 * @param <T> what is made of it
 */
public interface Form<T> {

	/** Completes "expected": {@code a duration such as 90s, 5m or 1h30m}. */
	String expected();

	/**
	 * Empty if the value is refused; the reading has the problem then.
	 */
	Optional<T> read(Node node, Reading reading);

	/** The same form as JSON Schema of draft 2020-12, its keys in reading order. */
	Map<String, Object> schema();

}
