#include "device/ConfigTree.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

namespace tram::device {

namespace {

constexpr std::size_t kMaxDepth = 8;

/// Feeds nlohmann's lexer and remembers the byte it read last. The lexer looks one byte past a number, hence
/// line() counts what stands *before* that byte.
class Text {
  public:
    explicit Text(std::string_view json) : json_(json), last_(json.data()) {}

    struct Iterator {
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = const char&;
        reference operator*() const { return *(text->last_ = at); }
        Iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator==(const Iterator& other) const { return at == other.at; }
        bool operator!=(const Iterator& other) const { return at != other.at; }
        Text* text;
        const char* at;
    };
    Iterator begin() { return {this, json_.data()}; }
    Iterator end() { return {this, json_.data() + json_.size()}; }
    int line() const { return 1 + static_cast<int>(std::count(json_.data(), last_, '\n')); }

  private:
    std::string_view json_;
    const char* last_;
};

class Builder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Builder(const Text& text) : text_(text) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(std::int64_t{value}); }
    bool number_unsigned(number_unsigned_t value) override {
        constexpr auto kMost = static_cast<number_unsigned_t>(INT64_MAX);
        return value > kMost ? put(static_cast<double>(value)) : put(static_cast<std::int64_t>(value));
    }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(ConfigNode::Object{}); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(ConfigNode::List{}); }
    bool end_array() override { return close(); }
    bool key(string_t& key) override {
        auto& object = *open_.back();
        const bool known = object.member(key) != nullptr;
        object.members.emplace_back(ConfigNode::Member{std::move(key), {}}).node.line = text_.line();
        return known ? stop(path(), {"once"}) : true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return stop("", {"json"});
    }

    base::Result<ConfigNode> take() {
        if (problem_) return tl::unexpected(std::move(*problem_));
        return std::move(root_);
    }

  private:
    template <class T>
    bool put(T value) {
        next().value = std::move(value);
        return true;
    }
    template <class T>
    bool open(T kind) {
        auto& node = next();
        node.value = kind;
        open_.push_back(&node);
        return open_.size() <= kMaxDepth || stop(path(), {"depth", {{"max", std::to_string(kMaxDepth)}}});
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    /// Where the coming value belongs. Only the innermost list or object grows, so pointers in open_ stay
    /// good.
    ConfigNode& next() {
        ConfigNode& node = open_.empty()                            ? root_
                           : open_.back()->as<ConfigNode::Object>() ? open_.back()->members.back().node
                                                                    : open_.back()->items.emplace_back();
        if (node.line == 0) node.line = text_.line();
        return node;
    }
    std::string path() const {
        std::string path;
        for (const auto* node : open_) {
            if (node->as<ConfigNode::Object>() && !node->members.empty())
                path += (path.empty() ? "" : ".") + node->members.back().key;
            else if (node->as<ConfigNode::List>() && !node->items.empty())
                path += "[" + std::to_string(node->items.size() - 1) + "]";
        }
        return path;
    }
    bool stop(std::string key, Expectation expected) {
        problem_ = badConfig(std::move(key), text_.line(), std::move(expected)).value();
        return false;
    }

    const Text& text_;
    ConfigNode root_;
    std::vector<ConfigNode*> open_;
    std::optional<base::Problem> problem_;
};

}  // namespace

const ConfigNode* ConfigNode::member(std::string_view key) const {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.key == key; });
    return found == members.end() ? nullptr : &found->node;
}

tl::unexpected<base::Problem> badConfig(std::string key, int line, Expectation expected) {
    decltype(base::Problem::facts) facts{
        {"key", std::move(key)}, {"line", std::to_string(line)}, {"expected", std::move(expected.id)}};
    std::ranges::move(expected.facts, std::back_inserter(facts));
    return base::fail(base::ProblemKind::BadConfig, std::move(facts));
}

base::Result<ConfigNode> parseConfigTree(std::string_view json) {
    Text text(json);
    Builder builder(text);
    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take();
}

}  // namespace tram::device
