#include "strict/Json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace tram::strict {
namespace {

using base::ProblemKind;
using nlohmann::json;

constexpr std::size_t kMaxDepth = 16;

/// Looks through the text before anything is built of it.
class Inspector final : public nlohmann::json_sax<json> {
  public:
    explicit Inspector(std::size_t most) : most_(most) {}
    bool null() override { return count(); }
    bool boolean(bool) override { return count(); }
    bool number_integer(number_integer_t) override { return count(); }
    bool number_unsigned(number_unsigned_t) override { return count(); }
    bool number_float(number_float_t, const string_t&) override { return count(); }
    bool string(string_t&) override { return count(); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool key(string_t& name) override { return members_.back().insert(name).second || stop("duplicate"); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return stop("syntax");
    }
    const std::string& reason() const { return reason_; }

  private:
    bool enter() {
        members_.emplace_back();
        return (members_.size() <= kMaxDepth || stop("depth")) && count();
    }
    bool leave() {
        members_.pop_back();
        return true;
    }
    bool count() { return ++values_ <= most_ || stop("count"); }
    bool stop(const char* reason) {
        reason_ = reason;
        return false;
    }

    std::vector<std::set<std::string>> members_;
    std::size_t values_ = 0, most_;
    std::string reason_;
};

}  // namespace

base::Result<json> parseJson(std::string_view text, std::size_t limit, std::size_t values) {
    if (text.size() > limit) return base::fail(ProblemKind::TooLarge, {{"expected", std::to_string(limit)}});
    // nlohmann takes a NUL for the end and would not see what follows.
    if (text.find('\0') != text.npos) return base::fail(ProblemKind::Malformed, {{"detail", "syntax"}});
    Inspector inspector(values);
    if (!json::sax_parse(text, &inspector))
        return base::fail(ProblemKind::Malformed, {{"detail", inspector.reason()}});
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return base::fail(ProblemKind::Malformed, {{"detail", "syntax"}});
    return value;
}

std::string dumpJson(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace tram::strict
