#include "typing/TypeLines.h"

#include <algorithm>
#include <istream>
#include <ostream>

#include "base/VietnameseText.h"
#include "typing/Composer.h"

namespace tram::typing {
namespace {

constexpr std::size_t kBlock = 16384;
constexpr std::size_t kHeldBack = 1024;  // far more than one Edit ever erases

/// How many bytes at the end begin a character whose rest may come with the next block.
std::size_t openBytes(const std::string& bytes) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte >= 0xC0) return back < (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) ? back : 0;
        if (byte < 0x80) return 0;
    }
    return 0;
}

class Field {
  public:
    Field(std::ostream& out, const Options& options) : out_(out), composer_(options) {}

    void type(std::string_view bytes) {
        for (char32_t key : base::toUtf32(bytes))
            change(isErase(key) ? composer_.backspace() : composer_.key(key));
        const bool lineIsOver = !text_.empty() && text_.back() == U'\n';
        release(lineIsOver ? text_.size() : text_.size() - std::min(text_.size(), kHeldBack));
    }

    void end() {
        change(composer_.finish());
        release(text_.size());
    }

  private:
    static bool isErase(char32_t key) { return key == 0x08 || key == 0x7F; }

    void change(const Edit& edit) {
        text_.resize(text_.size() - std::min(edit.erase, text_.size()));
        text_ += edit.insert;
    }

    void release(std::size_t count) {
        out_ << base::toUtf8(std::u32string_view(text_).substr(0, count)) << std::flush;
        text_.erase(0, count);
    }

    std::ostream& out_;
    Composer composer_;
    std::u32string text_;
};

/// Adds to `block` up to the end of the line; false at the end of it all.
bool readOn(std::istream& keys, std::string& block) {
    for (int byte; block.size() < kBlock && (byte = keys.get()) != std::istream::traits_type::eof();) {
        block += static_cast<char>(byte);
        if (byte == '\n') return true;
    }
    return static_cast<bool>(keys);
}

}  // namespace

void typeLines(std::istream& keys, std::ostream& text, const Options& options) {
    Field field(text, options);
    std::string block;
    bool more = true;
    while (more) {
        more = readOn(keys, block);
        const std::size_t whole = more ? block.size() - openBytes(block) : block.size();
        field.type(std::string_view(block).substr(0, whole));
        block.erase(0, whole);
    }
    field.end();
}

}  // namespace tram::typing
