#pragma once
#include <cairo.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/Secret.h"

namespace tram::paper {

/// What a PDF is written into: grows without leaving what it held behind.
class PdfBuffer {
  public:
    PdfBuffer() = default;
    PdfBuffer(const PdfBuffer&) = delete;
    PdfBuffer& operator=(const PdfBuffer&) = delete;
    ~PdfBuffer() { base::SecretBytes gone(std::move(bytes_)); }

    /// cairo_write_func_t; `self` is a PdfBuffer.
    static cairo_status_t write(void* self, const unsigned char* data, unsigned int size) {
        auto& bytes = static_cast<PdfBuffer*>(self)->bytes_;
        if (bytes.capacity() - bytes.size() < size) {
            std::vector<unsigned char> larger;
            larger.reserve(std::max<std::size_t>(2 * bytes.capacity(), bytes.size() + size + (64U << 10)));
            larger.insert(larger.end(), bytes.begin(), bytes.end());
            base::SecretBytes gone(std::move(bytes));
            bytes = std::move(larger);
        }
        bytes.insert(bytes.end(), data, data + size);
        return CAIRO_STATUS_SUCCESS;
    }
    base::SecretBytes take() { return base::SecretBytes(std::move(bytes_)); }

  private:
    std::vector<unsigned char> bytes_;
};

}  // namespace tram::paper
