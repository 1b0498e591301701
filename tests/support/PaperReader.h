#pragma once
#include <cstdio>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "TempDir.h"
#include "paper/Pdf.h"
#include "scan/CodeReader.h"

namespace tram::test {

/// Reads a document back with poppler's programs, as a printer's interpreter would.
class PaperReader {
  public:
    static constexpr int kDpi = 203;  ///< of a receipt printer

    explicit PaperReader(const std::vector<unsigned char>& bytes) {
        std::ofstream(file(), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
    explicit PaperReader(const paper::Pdf& pdf) : PaperReader(pdf.bytes()) {}

    /// Lines as they stand on the page; page 0: all of them, one after the other.
    std::string text(int page = 0) const {
        const auto number = std::to_string(page);
        const auto only = page > 0 ? "-f " + number + " -l " + number + " " : std::string();
        return said("pdftotext -enc UTF-8 -nopgbrk -layout " + only + file() + " -");
    }
    std::string info() const { return said("pdfinfo " + file()); }
    std::string fonts() const { return said("pdffonts " + file()); }
    /// Grey, one picture a page.
    std::vector<cv::Mat> pictures() const {
        const auto prefix = (dir_ / "page").string();
        said("pdftoppm -gray -r " + std::to_string(kDpi) + " " + file() + " " + prefix);
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(dir_.path()))
            if (entry.path().extension() == ".pgm") names.push_back(entry.path().string());
        std::sort(names.begin(), names.end());
        std::vector<cv::Mat> pictures;
        for (const auto& name : names) pictures.push_back(cv::imread(name, cv::IMREAD_GRAYSCALE));
        return pictures;
    }
    static std::vector<std::string> codes(const cv::Mat& grey) {
        scan::CodeReader reader;
        std::vector<std::string> texts;
        for (int i = 0; i < scan::CodeReader::roundOfStages(); ++i)
            for (auto& code : reader.look(grey).codes)
                texts.emplace_back(code.text.reveal().begin(), code.text.reveal().end());
        return texts;
    }

  private:
    std::string file() const { return (dir_ / "sheet.pdf").string(); }
    static std::string said(const std::string& command) {
        std::string text;
        FILE* pipe = popen(command.c_str(), "r");
        char piece[4096];
        for (std::size_t got; pipe && (got = fread(piece, 1, sizeof piece, pipe)) > 0;)
            text.append(piece, got);
        if (!pipe || pclose(pipe) != 0) throw std::runtime_error(command);
        return text;
    }

    TempDir dir_;
};

}  // namespace tram::test
