#include "scan/AviFrames.h"

#include <catch2/catch.hpp>
#include <string>

using namespace tram;
using base::ProblemKind;

namespace {

std::string chunk(std::string_view name, const std::string& content) {
    std::string size;
    for (int shift = 0; shift < 32; shift += 8) size += static_cast<char>(content.size() >> shift);
    return std::string(name) + size + content + (content.size() % 2 ? std::string(1, '\0') : "");
}

std::string jpeg(const std::string& rest) {
    return "\xFF\xD8" + rest;
}

std::string avi(const std::string& movi) {
    return chunk("RIFF", "AVI " + chunk("LIST", "hdrl" + chunk("avih", std::string(56, '\0'))) +
                             chunk("LIST", "movi" + movi) + chunk("idx1", std::string(32, 'x')));
}

std::vector<std::string> framesOf(const std::string& file, std::size_t most = 100) {
    const auto frames =
        scan::aviFrames({reinterpret_cast<const unsigned char*>(file.data()), file.size()}, most);
    std::vector<std::string> texts;
    if (frames)
        for (const auto& frame : *frames) texts.emplace_back(frame.begin(), frame.end());
    return texts;
}

}  // namespace

TEST_CASE("the frames of a video, in order, without its sound") {
    const auto file = avi(chunk("00dc", jpeg("one")) + chunk("01wb", "sound") + chunk("00dc", "") +
                          chunk("00dc", jpeg("three!")));
    CHECK(framesOf(file) == std::vector{jpeg("one"), jpeg("three!")});
    CHECK(framesOf(file, 1) == std::vector{jpeg("one")});
}

TEST_CASE("frames grouped in records are found too") {
    CHECK(framesOf(avi(chunk("LIST", "rec " + chunk("00db", jpeg("aaa"))) +
                       chunk("LIST", "rec " + chunk("00dc", jpeg("bbb"))))) ==
          std::vector{jpeg("aaa"), jpeg("bbb")});
}

TEST_CASE("a video that was cut off has the frames that are there") {
    const auto whole = avi(chunk("00dc", jpeg("one")) + chunk("00dc", jpeg(std::string(500, 'x'))));
    const auto cut = whole.substr(0, whole.find("xxxx") + 40);
    CHECK(framesOf(cut).size() == 2);
    for (std::size_t size = 0; size < whole.size(); ++size) framesOf(whole.substr(0, size));
}

TEST_CASE("what is no video of ours has none") {
    CHECK(framesOf("").empty());
    CHECK(framesOf("RIFF\x04\0\0\0WEBP").empty());
    CHECK(framesOf(avi(chunk("00dc", "\x00\x00\x00\x01h264"))).empty());
    CHECK(framesOf(chunk("RIFF", "WAVE" + chunk("00dc", jpeg("x")))).empty());
}

TEST_CASE("lists in lists in lists end somewhere") {
    std::string nested = chunk("00dc", jpeg("deep"));
    for (int i = 0; i < 2000; ++i) nested = chunk("LIST", "rec " + nested);
    CHECK(framesOf(avi(nested)).empty());
}
