#include "device/ConfigWords.h"

namespace tram::device {

namespace {

using base::Problem;
using base::Words;

std::string expectation(const Words& words, const Problem& problem) {
    Words::Values values;
    for (const char* key : {"min", "max", "values"}) values[key] = problem.fact(key);
    return words.text("expected." + std::string(problem.fact("expected")), values);
}

/// Some mistakes are better said outright than as "should be …".
std::string_view sentence(const Problem& problem) {
    const auto expected = problem.fact("expected");
    if (expected == "json") return "config.not_json";
    if (expected == "present") return "config.key_absent";
    if (expected == "known_key") return "config.key_unknown";
    if (expected == "once") return "config.key_twice";
    return problem.fact("key").empty() ? "config.whole_wrong" : "config.key_wrong";
}

}  // namespace

std::string configWords(const Words& words, const Problem& problem) {
    const std::string_view key = sentence(problem);
    Words::Values values{{"expected", key.ends_with("wrong") ? expectation(words, problem) : ""}};
    for (const char* fact : {"path", "line", "key"}) values[fact] = problem.fact(fact);
    return words.text(key, values);
}

}  // namespace tram::device
