package dev.longhaul.gitops.form;

import org.jspecify.annotations.Nullable;

/**
 * One key of an object.
 *
 * @param <T> what is made of its value
 */
public final class Field<T> {

	private final String key;

	private final Form<T> form;

	private final boolean required;

	private final @Nullable T otherwise;

	private final String description;

	private Field(String key, Form<T> form, boolean required, @Nullable T otherwise, String description) {
		this.key = key;
		this.form = form;
		this.required = required;
		this.otherwise = otherwise;
		this.description = description;
	}

	/**
	 * @param description one or two sentences for whoever writes it; editors show them
	 */
	public static <T> Field<T> required(String key, Form<T> form, String description) {
		return new Field<>(key, form, true, null, description);
	}

	/** May be left out, and there is no value then. */
	public static <T> Field<T> optional(String key, Form<T> form, String description) {
		return new Field<>(key, form, false, null, description);
	}

	/**
	 * May be left out.
	 * @param otherwise the value it has then
	 */
	public static <T> Field<T> optional(String key, Form<T> form, T otherwise, String description) {
		return new Field<>(key, form, false, otherwise, description);
	}

	String key() {
		return key;
	}

	Form<T> form() {
		return form;
	}

	boolean isRequired() {
		return required;
	}

	@Nullable T otherwise() {
		return otherwise;
	}

	String description() {
		return description;
	}

}
