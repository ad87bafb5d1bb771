package io.pidcheck.bot.local.cluster.api;

import tools.jackson.databind.node.ObjectNode;

/** What a request gets: an HTTP code and a JSON body, which is a {@code Status} for a refusal. */
record Answer(int code, ObjectNode body) {

  static Answer ok(ObjectNode body) {
    return new Answer(200, body);
  }

  static Answer created(ObjectNode body) {
    return new Answer(201, body);
  }

  static Answer unauthorized() {
    return refusal(401, "Unauthorized", "Unauthorized");
  }

  static Answer badRequest(String message) {
    return refusal(400, "BadRequest", message);
  }

  static Answer noSuchPath() {
    return refusal(404, "NotFound", "the server could not find the requested resource");
  }

  static Answer notAllowed() {
    return refusal(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  static Answer notFound(ObjectKey key) {
    return about(key, refusal(404, "NotFound", quoted(key) + " not found"));
  }

  static Answer alreadyExists(ObjectKey key) {
    return about(key, refusal(409, "AlreadyExists", quoted(key) + " already exists"));
  }

  static Answer conflict(ObjectKey key, String why) {
    String message = "Operation cannot be fulfilled on " + quoted(key) + ": " + why;
    return about(key, refusal(409, "Conflict", message));
  }

  static Answer forbidden(ObjectKey key, String why) {
    return about(key, refusal(403, "Forbidden", quoted(key) + " is forbidden: " + why));
  }

  /** 422, with the field that is wrong as its cause. */
  static Answer invalid(ObjectKey key, String field, String why) {
    String named = key.type().kind() + withGroup(key) + " \"" + key.name() + "\"";
    Answer answer =
        about(key, refusal(422, "Invalid", named + " is invalid: " + field + ": " + why));
    answer
        .details()
        .putArray("causes")
        .addObject()
        .put("reason", "FieldValueInvalid")
        .put("message", why)
        .put("field", field);
    return answer;
  }

  static Answer refusal(int code, String reason, String message) {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message);
    return new Answer(code, status.put("reason", reason).put("code", code));
  }

  /** What a finished deletion of that object is answered with. */
  static Answer deleted(ObjectKey key, String uid) {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Success");
    Answer answer = about(key, ok(status));
    answer.details().put("uid", uid);
    return answer;
  }

  boolean isRefusal() {
    return code >= 400;
  }

  private ObjectNode details() {
    return Json.child(body, "details");
  }

  private static Answer about(ObjectKey key, Answer answer) {
    ObjectNode details = answer.details();
    details.put("name", key.name());
    if (!key.type().group().isEmpty()) {
      details.put("group", key.type().group());
    }
    details.put("kind", key.type().plural());
    return answer;
  }

  private static String quoted(ObjectKey key) {
    return key.type().qualifiedPlural() + " \"" + key.name() + "\"";
  }

  private static String withGroup(ObjectKey key) {
    return key.type().group().isEmpty() ? "" : "." + key.type().group();
  }
}
