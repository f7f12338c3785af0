package dev.longhaul.simulator.front;

/**
 * The node says no, in the words of a Kubernetes {@code Status}.
 */
public final class NodeRefusal extends Exception {

	private static final long serialVersionUID = 1L;

	private final int httpStatus;

	private NodeRefusal(int httpStatus, String message) {
		super(message);
		this.httpStatus = httpStatus;
	}

	public static NodeRefusal notFound(String message) {
		return new NodeRefusal(404, message);
	}

	public static NodeRefusal badRequest(String message) {
		return new NodeRefusal(400, message);
	}

	static NodeRefusal unauthorized() {
		return new NodeRefusal(401, "Unauthorized");
	}

	static NodeRefusal forbidden(String message) {
		return new NodeRefusal(403, message);
	}

	/** What a kubelet answers when the container's runtime failed. */
	public static NodeRefusal internal(String message) {
		return new NodeRefusal(500, message);
	}

	/** Such are told on the error channel of an exec, the others before it begins. */
	boolean isOfTheRuntime() {
		return httpStatus == 500;
	}

	int httpStatus() {
		return httpStatus;
	}

	String message() {
		return String.valueOf(getMessage());
	}

}
