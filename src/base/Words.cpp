#include "base/Words.h"

#include <algorithm>
#include <cstdint>

#include "base/Files.h"

namespace tram::base {
namespace {

constexpr std::size_t kFileLimit = 4u << 20;
constexpr std::uint32_t kMaxTexts = 100'000;

/// GNU gettext manual, "MO Files": a table of (length, offset) pairs for keys, another for their texts.
class MoFile {
  public:
    explicit MoFile(std::string_view bytes) : bytes_(bytes) {}

    bool readHeader() {
        std::uint32_t magic = 0, revision = 0;
        if (!number(0, magic)) return false;
        if (magic != kMagic && magic != kSwapped) return false;
        swapped_ = magic == kSwapped;
        if (!number(4, revision) || (revision >> 16) > 1) return false;
        return number(8, count_) && number(12, keys_) && number(16, texts_) && count_ <= kMaxTexts;
    }
    std::uint32_t count() const { return count_; }
    bool key(std::uint32_t i, std::string_view& out) const { return entry(keys_, i, out); }
    bool text(std::uint32_t i, std::string_view& out) const { return entry(texts_, i, out); }

  private:
    static constexpr std::uint32_t kMagic = 0x950412de, kSwapped = 0xde120495;

    bool number(std::uint64_t at, std::uint32_t& out) const {
        if (at + 4 > bytes_.size()) return false;
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const int shift = 8 * (swapped_ ? 3 - i : i);
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at + i])) << shift;
        }
        out = value;
        return true;
    }
    bool entry(std::uint32_t table, std::uint32_t i, std::string_view& out) const {
        const std::uint64_t at = table + std::uint64_t{8} * i;
        std::uint32_t length = 0, offset = 0;
        if (!number(at, length) || !number(at + 4, offset)) return false;
        if (std::uint64_t{offset} + length > bytes_.size()) return false;
        out = bytes_.substr(offset, length);
        return true;
    }

    std::string_view bytes_;
    bool swapped_ = false;
    std::uint32_t count_ = 0, keys_ = 0, texts_ = 0;
};

bool isLanguage(std::string_view lang) {
    return !lang.empty() && lang.size() <= 8 && std::ranges::all_of(lang, [](char c) {
        return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
    });
}

}  // namespace

Result<Words> Words::load(const std::filesystem::path& dir, std::string_view lang) {
    if (!isLanguage(lang)) return fail(ProblemKind::BadConfig, {{"key", "language"}});
    const auto path = dir / (std::string(lang) + ".mo");
    const auto bytes = readFile(path, kFileLimit);
    if (!bytes) return tl::unexpected(bytes.error());
    MoFile file(*bytes);
    const auto malformed = [&] { return fail(ProblemKind::Malformed, {{"path", path.string()}}); };
    if (!file.readHeader()) return malformed();
    Words words;
    words.language_ = lang;
    for (std::uint32_t i = 0; i < file.count(); ++i) {
        std::string_view key, text;
        if (!file.key(i, key) || !file.text(i, text)) return malformed();
        if (!key.empty()) words.texts_.emplace(key, text);  // the empty key holds the file's own header
    }
    return words;
}

bool Words::has(std::string_view key) const {
    return texts_.contains(std::string(key));
}

Words::Values Words::under(std::string_view prefix) const {
    Values found;
    for (const auto& [key, text] : texts_)
        if (key.starts_with(prefix)) found.emplace(key, text);
    return found;
}

std::string Words::text(std::string_view key) const {
    const auto found = texts_.find(std::string(key));
    return found == texts_.end() ? std::string(key) : found->second;
}

std::string Words::text(std::string_view key, const Values& values) const {
    return fill(text(key), values);
}

std::string Words::fill(std::string_view pattern, const Values& values) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const auto open = pattern.find('{', at);
        const auto close = open == pattern.npos ? pattern.npos : pattern.find('}', open);
        if (close == pattern.npos) return out.append(pattern, at);
        const auto value = values.find(std::string(pattern.substr(open + 1, close - open - 1)));
        if (value == values.end()) {  // not a place of ours: stays as it is
            out.append(pattern, at, open + 1 - at);
            at = open + 1;
            continue;
        }
        out.append(pattern, at, open - at).append(value->second);
        at = close + 1;
    }
    return out;
}

}  // namespace tram::base
