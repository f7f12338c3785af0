package dev.longhaul.gitops.form;

import java.util.IdentityHashMap;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The values of an object's fields.
 */
public final class Values {

	private final IdentityHashMap<Field<?>, Object> values = new IdentityHashMap<>();

	private final IdentityHashMap<Field<?>, Node> nodes = new IdentityHashMap<>();

	/** Of a field that is required or has a value of its own when it is left out. */
	public <T> T get(Field<T> field) {
		T value = find(field);
		if (value == null) {
			throw new NoSuchElementException("the form let '" + field.key() + "' be left out");
		}
		return value;
	}

	/** Of any field; null if it was left out. */
	@SuppressWarnings("unchecked") // put() has the same type parameter
	public <T> @Nullable T find(Field<T> field) {
		Object value = values.get(field);
		return (value != null) ? (T) value : field.otherwise();
	}

	/** Refuses the value of one field because of those of others. */
	public IllegalArgumentException mistake(Field<?> field, String fact) {
		return new FieldMistake(field, fact);
	}

	<T> void put(Field<T> field, Node node, T value) {
		nodes.put(field, node);
		values.put(field, value);
	}

	/** Where a field stands; the object itself where it was left out. */
	Node nodeOf(Field<?> field, Node object) {
		return nodes.getOrDefault(field, object);
	}

	/**
	 * A value that is sound alone and wrong beside others.
	 */
	static final class FieldMistake extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private final transient Field<?> field;

		FieldMistake(Field<?> field, String fact) {
			super(fact);
			this.field = field;
		}

		Field<?> field() {
			return field;
		}

	}

}
