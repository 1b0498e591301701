#include "paper/ScannedPages.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "paper/JpegHead.h"
#include "paper/Measures.h"
#include "paper/PdfBuffer.h"

namespace tram::paper {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr double kLongMm = 297, kShortMm = 210, kSlackMm = 1.5, kMmInInch = 25.4;
constexpr double kQuarter = 1.5707963267948966;
constexpr std::size_t kBytesForPage = 1024;  // what a PDF says around a picture

struct BoundPage {
    JpegHead head;
    double widthMm = 0, heightMm = 0;  ///< of the picture as it is stored
};

BoundPage onPaper(const JpegHead& head) {
    BoundPage page{head, 0, 0};
    const bool lying = head.width > head.height;
    const double across = lying ? kLongMm : kShortMm, down = lying ? kShortMm : kLongMm;
    page.widthMm = head.dpi > 0 ? head.width * kMmInInch / head.dpi : 1e9;
    page.heightMm = head.dpi > 0 ? head.height * kMmInInch / head.dpi : 1e9;
    const auto near = [](double one, double other) { return std::abs(one - other) <= kSlackMm; };
    if (near(page.widthMm, across) && near(page.heightMm, down)) return {head, across, down};
    if (page.widthMm <= across && page.heightMm <= down) return page;
    const double scale = std::min(across / head.width, down / head.height);
    return {head, head.width * scale, head.height * scale};
}

Result<std::vector<BoundPage>> measured(const std::vector<ScannedPage>& scanned) {
    if (scanned.empty()) return fail(ProblemKind::Malformed);
    if (scanned.size() > kMostScannedPages)
        return fail(ProblemKind::TooLarge,
                    {{"key", "pages"}, {"expected", std::to_string(kMostScannedPages)}});
    std::vector<BoundPage> pages;
    std::size_t bytes = 0;
    for (const auto& page : scanned) {
        const auto head = readJpegHead(page.jpeg->reveal());
        if (!head) return fail(ProblemKind::Malformed, {{"line", std::to_string(pages.size() + 1)}});
        pages.push_back(onPaper(*head));
        bytes += page.jpeg->reveal().size() + kBytesForPage;
    }
    if (bytes > kMostScannedBytes)
        return fail(ProblemKind::TooLarge,
                    {{"key", "bytes"}, {"expected", std::to_string(kMostScannedBytes)}});
    return pages;
}

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

/// Its pixels are never written or read: Cairo takes the JPEG instead.
Surface pictureOf(const base::SecretBytes& jpeg, const JpegHead& head) {
    Surface picture(cairo_image_surface_create(CAIRO_FORMAT_RGB24, head.width, head.height),
                    cairo_surface_destroy);
    const auto& bytes = jpeg.reveal();
    cairo_surface_set_mime_data(picture.get(), CAIRO_MIME_TYPE_JPEG, bytes.data(), bytes.size(), nullptr,
                                nullptr);
    return picture;
}

void drawPage(cairo_t* cairo, cairo_surface_t* pdf, const ScannedPage& scanned, const BoundPage& page) {
    const double width = page.widthMm * kPointsPerMm, height = page.heightMm * kPointsPerMm;
    const bool lying = scanned.quarters % 2 != 0;
    const double across = lying ? height : width, down = lying ? width : height;
    cairo_pdf_surface_set_size(pdf, across, down);
    const auto picture = pictureOf(*scanned.jpeg, page.head);
    cairo_save(cairo);
    cairo_translate(cairo, across / 2, down / 2);
    cairo_rotate(cairo, scanned.quarters * kQuarter);
    cairo_translate(cairo, -width / 2, -height / 2);
    cairo_scale(cairo, width / page.head.width, height / page.head.height);
    cairo_set_source_surface(cairo, picture.get(), 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_show_page(cairo);
}

}  // namespace

Result<Pdf> bindPages(const std::vector<ScannedPage>& scanned) {
    const auto pages = measured(scanned);
    if (!pages) return tl::unexpected(pages.error());
    PdfBuffer buffer;
    const Surface pdf(cairo_pdf_surface_create_for_stream(PdfBuffer::write, &buffer, 1, 1),
                      cairo_surface_destroy);
    cairo_pdf_surface_restrict_to_version(pdf.get(), CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(pdf.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
    {
        const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(pdf.get()),
                                                                       cairo_destroy);
        for (std::size_t i = 0; i < scanned.size(); ++i)
            drawPage(cairo.get(), pdf.get(), scanned[i], (*pages)[i]);
    }
    cairo_surface_finish(pdf.get());
    if (cairo_surface_status(pdf.get()) != CAIRO_STATUS_SUCCESS)
        return fail(ProblemKind::Internal, {{"detail", "cairo"}});
    auto bytes = buffer.take();
    if (bytes.reveal().size() > kMostScannedBytes)
        return fail(ProblemKind::TooLarge,
                    {{"key", "bytes"}, {"expected", std::to_string(kMostScannedBytes)}});
    const auto& first = pages->front();
    const bool lying = scanned.front().quarters % 2 != 0;
    return Pdf(std::move(bytes), static_cast<int>(scanned.size()), lying ? first.heightMm : first.widthMm,
               lying ? first.widthMm : first.heightMm);
}

}  // namespace tram::paper
