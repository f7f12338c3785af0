package dev.longhaul.bucket.fault;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.Operation;

/**
 * Says which calls a fault is for.
 *
 * @param operations none means all
 * @param key a regular expression found anywhere in the key
 */
public record CallPattern(Set<Operation> operations, Pattern key) {

	public CallPattern {
		operations = Set.copyOf(operations);
	}

	public static CallPattern any() {
		return new CallPattern(Set.of(), Pattern.compile(""));
	}

	public static CallPattern of(Operation first, Operation... others) {
		return new CallPattern(EnumSet.of(first, others), Pattern.compile(""));
	}

	/** The same calls, but only on keys in which the expression is found. */
	public CallPattern onKeys(String expression) {
		return new CallPattern(operations, Pattern.compile(expression));
	}

	boolean matches(Call call) {
		return (operations.isEmpty() || operations.contains(call.operation())) && key.matcher(call.key()).find();
	}

	@Override
	public String toString() {
		String calls = operations.isEmpty() ? "any call" : operations.toString();
		return key.pattern().isEmpty() ? calls : calls + " on keys with '" + key + "'";
	}

}
