#pragma once
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/Files.h"

namespace tram::seeds {

namespace fs = std::filesystem;

class Corpus {
  public:
    Corpus(fs::path root, std::string target) : dir_(root / target) {
        fs::create_directories(dir_);
        for (const auto& entry : fs::directory_iterator(dir_))
            if (!entry.path().filename().string().starts_with("found-")) fs::remove(entry);
    }
    /// `choice`: the first byte, which chooses what to do with `bytes`.
    void add(int choice, std::string_view bytes) {
        std::ofstream file(dir_ / fmt::format("{:02}-{:02}", choice, count_++), std::ios::binary);
        file << static_cast<char>(choice) << bytes;
    }

  private:
    fs::path dir_;
    int count_ = 0;
};

inline std::string resource(const char* path) {
    auto bytes = base::readFile(fs::path(TRAM_SOURCE_DIR) / "resources" / path);
    return bytes ? *bytes : throw std::runtime_error(path);
}

/// The first `lines` of a file, so that a seed stays small.
inline std::string beginning(const std::string& text, int lines) {
    std::size_t at = 0;
    for (; lines > 0 && at != text.npos; --lines) at = text.find('\n', at) + 1;
    return text.substr(0, at);
}

inline std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
    return text;
}

/// As damaged() in ../Input.h reads them: how, where, what.
inline std::string slip(int how, std::uint64_t where, char what) {
    return static_cast<char>(how) + number(where, 3) + what;
}

// One for each target that has a corpus.
void wireCorpus(Corpus into);
void assistCorpus(Corpus into);
void ledgerCorpus(Corpus into);
void httpCorpus(Corpus into);
void cryptoCorpus(Corpus into);
void identityCorpus(Corpus into);
void loginCorpus(Corpus into);
void inboxCorpus(Corpus into);
void doorCorpus(Corpus into);
void textCorpus(Corpus into);
void typingCorpus(Corpus into);
void configCorpus(Corpus into);
void themeCorpus(Corpus into);
void filesCorpus(Corpus into);
void storeCorpus(Corpus into);
void salvageCorpus(Corpus into);
void booksCorpus(Corpus into);
void picturesCorpus(Corpus into);
void cameraCorpus(Corpus into);
void contentCorpus(Corpus into);
void mapCorpus(Corpus into);
void alertsCorpus(Corpus into);

}  // namespace tram::seeds
