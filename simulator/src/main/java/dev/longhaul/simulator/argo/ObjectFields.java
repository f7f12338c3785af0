package dev.longhaul.simulator.argo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object in the cluster is as Git wants it: what Git says must be there; what
 * it does not speak of may be anything.
 */
final class ObjectFields {

	private ObjectFields() {
	}

	static boolean isMet(GenericKubernetesResource wanted, GenericKubernetesResource live,
			KubernetesSerialization serialization) {
		return isMet(withoutStatus(serialization.convertValue(wanted, Map.class)),
				serialization.convertValue(live, Map.class));
	}

	/**
	 * Kubernetes encodes the text of secrets, and nobody but a cluster writes a status.
	 */
	private static Map<?, ?> withoutStatus(Map<?, ?> object) {
		Map<Object, @Nullable Object> relevant = new LinkedHashMap<>(object);
		relevant.remove("status");
		if (relevant.remove("stringData") instanceof Map<?, ?> texts) {
			Map<Object, @Nullable Object> data = new LinkedHashMap<>();
			texts.forEach((key, value) -> data.put(key,
					Base64.getEncoder().encodeToString(String.valueOf(value).getBytes(StandardCharsets.UTF_8))));
			relevant.put("data", data);
		}
		return relevant;
	}

	static boolean isMet(@Nullable Object wanted, @Nullable Object live) {
		if (isNothing(wanted)) {
			return true;
		}
		if (wanted instanceof Map<?, ?> fields) {
			return live instanceof Map<?, ?> present && fields.entrySet()
				.stream()
				.allMatch(field -> isMet(field.getValue(), present.get(field.getKey())));
		}
		if (wanted instanceof List<?> items) {
			return live instanceof List<?> present && items.size() == present.size() && allMet(items, present);
		}
		if (wanted instanceof Number && live instanceof Number) {
			return new BigDecimal(wanted.toString()).compareTo(new BigDecimal(live.toString())) == 0;
		}
		return wanted != null && wanted.equals(live);
	}

	private static boolean allMet(List<?> wanted, List<?> live) {
		for (int i = 0; i < wanted.size(); i++) {
			if (!isMet(wanted.get(i), live.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** Go leaves out what is empty. */
	private static boolean isNothing(@Nullable Object wanted) {
		return wanted == null || (wanted instanceof Map<?, ?> map && map.isEmpty())
				|| (wanted instanceof List<?> list && list.isEmpty());
	}

	/** What is live, with everything that is wanted put into it. */
	static Map<String, @Nullable Object> merge(Map<?, ?> wanted, Map<?, ?> live) {
		Map<String, @Nullable Object> merged = new LinkedHashMap<>();
		live.forEach((name, value) -> merged.put(name.toString(), value));
		wanted.forEach((name, value) -> {
			if (value instanceof Map<?, ?> fields && live.get(name) instanceof Map<?, ?> present) {
				merged.put(name.toString(), merge(fields, present));
			}
			else if (!isNothing(value)) {
				merged.put(name.toString(), mergedItems(value, live.get(name)));
			}
		});
		return merged;
	}

	/** Items of one place keep what the cluster has added to them. */
	private static @Nullable Object mergedItems(@Nullable Object wanted, @Nullable Object live) {
		if (!(wanted instanceof List<?> items) || !(live instanceof List<?> present)
				|| items.size() != present.size()) {
			return wanted;
		}
		List<@Nullable Object> merged = new ArrayList<>();
		for (int i = 0; i < items.size(); i++) {
			merged.add((items.get(i) instanceof Map<?, ?> fields && present.get(i) instanceof Map<?, ?> there)
					? merge(fields, there) : items.get(i));
		}
		return merged;
	}

}
