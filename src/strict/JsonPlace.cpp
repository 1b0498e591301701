// Where in a JSON text a place is: only asked once something is wrong there.
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "strict/JsonPlace.h"

namespace tram::strict {

namespace {

using nlohmann::json;

/// Tells how far the parser has read: at a key it has read just that, at a brace just that.
class Counted {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Counted(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
    reference operator*() const { return *at_; }
    Counted& operator++() {
        *furthest_ = ++at_;
        return *this;
    }
    Counted operator++(int) {
        auto before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Counted& other) const { return at_ == other.at_; }
    bool operator!=(const Counted& other) const { return at_ != other.at_; }

  private:
    const char* at_;
    const char** furthest_;
};

constexpr std::size_t kDeepest = 16;  // as parseJson

class Finder final : public nlohmann::json_sax<json> {
  public:
    Finder(const std::string& wanted, const char** furthest) : wanted_(wanted), furthest_(furthest) {}
    const char* found() const { return found_; }

    bool null() override { return value(); }
    bool boolean(bool) override { return value(); }
    bool number_integer(number_integer_t) override { return value(); }
    bool number_unsigned(number_unsigned_t) override { return value(); }
    bool number_float(number_float_t, const string_t&) override { return value(); }
    bool string(string_t&) override { return value(); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return enter({"", false, 0, ""}); }
    bool start_array(std::size_t) override { return enter({"", true, -1, ""}); }
    bool end_object() override { return leave(); }
    bool end_array() override { return leave(); }
    bool key(string_t& name) override {
        auto& level = levels_.back();
        level.key = name;
        if (wanted_.empty() && !level.names.insert(name).second) return stop();
        return note(path());
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return stop();
    }

  private:
    struct Level {
        std::string path;
        bool array;
        int index;
        std::string key;
        std::set<std::string> names = {};
    };
    bool stop() {
        found_ = *furthest_;
        return false;
    }
    std::string path() const {
        if (levels_.empty()) return "";
        const auto& level = levels_.back();
        if (level.array) return level.path + '[' + std::to_string(level.index) + ']';
        return level.path.empty() ? level.key : level.path + '.' + level.key;
    }
    /// A member was noted at its key.
    bool value() {
        if (levels_.empty() || !levels_.back().array) return !done_;
        ++levels_.back().index;
        return note(path());
    }
    bool enter(Level level) {
        if (levels_.size() == kDeepest) {
            if (wanted_.empty()) stop();
            return false;
        }
        value();
        level.path = path();
        levels_.push_back(std::move(level));
        return !done_;
    }
    bool leave() {
        levels_.pop_back();
        return true;
    }
    /// Something that is missing is looked for where it should be: the nearest that holds it.
    bool note(const std::string& here) {
        const bool prefix =
            wanted_.starts_with(here) && here.size() > best_ &&
            (here.size() == wanted_.size() || wanted_[here.size()] == '.' || wanted_[here.size()] == '[');
        if (prefix) {
            best_ = here.size();
            found_ = *furthest_;
        }
        done_ = best_ == wanted_.size() && !wanted_.empty();
        return !done_;
    }

    const std::string& wanted_;
    const char** furthest_;
    const char* found_ = nullptr;
    std::size_t best_ = 0;
    bool done_ = false;
    std::vector<Level> levels_;
};

}  // namespace

JsonPlace placeOf(std::string_view text, const std::string& at) {
    const char* furthest = text.data();
    Finder finder(at, &furthest);
    json::sax_parse(Counted(text.data(), &furthest), Counted(text.data() + text.size(), &furthest), &finder);
    if (!finder.found() || finder.found() == text.data()) return {};
    // The last that was read: what is foreign there, or the end of a member's name.
    const std::string_view read(
        text.data(),
        std::min<std::size_t>(static_cast<std::size_t>(finder.found() - text.data()), text.size()));
    const auto before = read.substr(0, read.size() - 1);
    const auto begun = before.rfind('\n');
    const auto line = before.substr(begun == before.npos ? 0 : begun + 1);
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return {
        1 + static_cast<int>(std::ranges::count(before, '\n')),
        1 + static_cast<int>(line.size() - static_cast<std::size_t>(std::ranges::count_if(line, continues)))};
}

}  // namespace tram::strict
